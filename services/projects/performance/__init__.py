"""How far a project is on the way to its targets (Zielerreichung)."""
