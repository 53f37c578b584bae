"""How fast it is, measured against the obvious way to write it."""
