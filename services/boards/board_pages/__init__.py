"""Everything that the page of a body shows (Gremienseite)."""
