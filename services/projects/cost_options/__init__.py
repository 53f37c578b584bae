"""Simplified cost options: flat rates and standard hours (vereinfachte Kostenoptionen)."""
