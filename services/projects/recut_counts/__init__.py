"""Counts of the same time that are told in other spans (anders geschnittene Zählungen)."""
