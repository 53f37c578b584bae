"""When the money ends, and what follows (Förderklippe)."""
