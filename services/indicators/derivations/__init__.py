"""Figures computed from other figures at release (abgeleitete Indikatoren)."""
