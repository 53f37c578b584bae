"""Versions of publications (Auflagen)."""
