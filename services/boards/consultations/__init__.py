"""Consultations of papers (Beratungsfolgen)."""
