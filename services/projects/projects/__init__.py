"""Projects (Vorhaben)."""
