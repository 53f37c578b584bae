"""Minutes of meetings (Niederschriften)."""
