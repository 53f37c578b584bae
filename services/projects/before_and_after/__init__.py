"""Figures before and after measures, and against other areas (Vorher-Nachher-Vergleich)."""
