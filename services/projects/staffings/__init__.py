"""When how much of positions was filled, and at what pay (Besetzungen)."""
