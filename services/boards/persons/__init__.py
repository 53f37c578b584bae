"""Persons (Personen)."""
