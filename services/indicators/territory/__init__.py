"""Changes of the territory, and figures in a territory (Gebietsänderungen, Gebietsstand)."""
