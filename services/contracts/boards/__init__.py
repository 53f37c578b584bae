"""Contracts of the boards service (Gremien)."""
