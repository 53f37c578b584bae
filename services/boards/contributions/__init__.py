"""Contributions, and what contributors do with them (Beiträge)."""
