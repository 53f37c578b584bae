"""Saved mappings: how the files of a supplier are read (Zuordnungen)."""
