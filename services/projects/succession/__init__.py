"""Lines of programmes that continue one another (Programmnachfolge)."""
