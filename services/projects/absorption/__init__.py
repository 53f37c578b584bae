"""How the money flows (Mittelabfluss)."""
