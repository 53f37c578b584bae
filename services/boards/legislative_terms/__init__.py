"""Legislative terms (Wahlperioden)."""
