"""Procedures of bodies (Geschäftsordnungen)."""
