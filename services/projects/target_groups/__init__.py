"""Target groups (Zielgruppen)."""
