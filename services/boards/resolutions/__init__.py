"""Resolutions of bodies (Beschlüsse)."""
