"""Statements of organisations (Stellungnahmen)."""
