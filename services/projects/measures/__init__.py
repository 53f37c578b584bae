"""Measures (Maßnahmen)."""
