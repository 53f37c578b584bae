"""Seats of bodies (Sitze)."""
