"""What changed after measures, on the figures they were to change (Wirkung)."""
