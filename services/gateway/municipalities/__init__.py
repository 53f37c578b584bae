"""Municipalities (Kommunen, Mandanten)."""
