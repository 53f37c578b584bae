"""Evidence of recommendations and resolutions (Belege)."""
