"""Contracts of areas, indicators, deliveries and figures."""
