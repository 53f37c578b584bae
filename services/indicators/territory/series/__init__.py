"""Figures as they would be in the territory of a day (Zeitreihen zum Gebietsstand)."""
