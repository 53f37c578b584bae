"""Indices: several indicators made one, explained, and computed anew at release (Indizes)."""
