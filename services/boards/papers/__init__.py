"""Papers (Vorlagen, Drucksachen)."""
