"""Levels of areas (Gebietsebenen)."""
