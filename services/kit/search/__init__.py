"""Searching what a service holds: one declaration for each kind of resource (Suche)."""
