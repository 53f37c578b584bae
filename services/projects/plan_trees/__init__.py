"""Strategies with everything below them (Zielbäume)."""
