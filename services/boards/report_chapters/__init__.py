"""Chapters of published reports, and what they name: for the red thread."""
