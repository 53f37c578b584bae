"""Making an edition, at once or in the background (Ausfertigen)."""
