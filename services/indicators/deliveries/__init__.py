"""Deliveries of figures (Datenlieferungen)."""
