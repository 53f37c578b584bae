"""Figures that are days (Fristen)."""
