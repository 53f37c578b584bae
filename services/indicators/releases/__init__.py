"""Releases of figures (Veröffentlichungsstände)."""
