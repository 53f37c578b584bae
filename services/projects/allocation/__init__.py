"""Dividing money without losing a cent (Aufteilung)."""
