"""Which organisations are named in projects and measures (Befangenheit)."""
