"""A released delivery is withdrawn: what stood before its figures stands again (Rückruf)."""
