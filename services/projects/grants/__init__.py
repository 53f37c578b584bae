"""Grants (Zuwendungen)."""
