"""Planraum: the backend of integrated municipal social planning."""
