"""Searching all services at once (Suche)."""
