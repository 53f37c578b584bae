"""All that the composition of a body follows from, of all times (Besetzungslisten)."""
