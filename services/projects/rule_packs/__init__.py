"""Ready packs of rules (Regelpakete)."""
