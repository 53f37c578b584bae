"""Ready sets of indicators (Vorlagen)."""
