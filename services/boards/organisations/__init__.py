"""Organisations (Organisationen)."""
