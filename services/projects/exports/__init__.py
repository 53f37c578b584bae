"""Funded work as open data (Open-Data-Ausgaben)."""
