"""Contracts of the projects service (Förderung und Planung)."""
