"""Progress against targets (Zielerreichung)."""
