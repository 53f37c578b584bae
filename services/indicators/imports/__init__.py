"""Areas from a map file (Gebietsimport)."""
