"""Everything that is funded, in groups (Förderportfolio, Controlling)."""
