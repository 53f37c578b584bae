"""Bodies (Gremien)."""
