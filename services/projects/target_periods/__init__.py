"""Periods of target indicators (Zeiträume mit Zielwert)."""
