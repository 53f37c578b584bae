"""Rules that say where something is needed (Bedarfsregeln)."""
