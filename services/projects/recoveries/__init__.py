"""Money that a funder wants back (Rückforderungen)."""
