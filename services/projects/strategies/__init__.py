"""Strategies and specialist plans (Strategien, Fachpläne)."""
