"""Results (Ergebnisse)."""
