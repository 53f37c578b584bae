"""Obligations (Pflichten)."""
