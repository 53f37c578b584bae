"""Attendance at meetings (Anwesenheit)."""
