"""Minutes as they are printed (Niederschrift als Dokument)."""
