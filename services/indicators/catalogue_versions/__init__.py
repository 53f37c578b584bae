"""Frozen states of the catalogue (Katalogstände)."""
