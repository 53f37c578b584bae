"""How far a grant is and what will become of it (Ausblick)."""
