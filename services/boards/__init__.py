"""Boards: who advises, who decides, in which composition, and what came of it (Gremien)."""
