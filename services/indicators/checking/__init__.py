"""Delivered figures are matched and checked before anybody sees them, in sets and in SQL."""
