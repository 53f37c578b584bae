"""The catalogue of indicators (Indikatorenkatalog)."""
