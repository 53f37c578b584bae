"""Meetings (Sitzungen)."""
