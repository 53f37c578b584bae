"""Versions of papers (Fassungen)."""
