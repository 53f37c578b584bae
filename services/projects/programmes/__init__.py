"""Funding programmes (Förderprogramme)."""
