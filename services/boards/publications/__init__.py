"""Publications (Veröffentlichungen)."""
