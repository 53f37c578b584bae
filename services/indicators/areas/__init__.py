"""Areas (Gebiete, Sozialräume) and their versions."""
