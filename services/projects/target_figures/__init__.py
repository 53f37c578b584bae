"""What targets of a grant have come to, as figures that explain themselves (Zielerreichung)."""
