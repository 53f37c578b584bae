"""Facilities of the social infrastructure (Einrichtungen)."""
