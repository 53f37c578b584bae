"""Participation processes (Beteiligungsverfahren)."""
