"""Recommendations of bodies (Empfehlungen)."""
