"""Files and what they belong to (Dateien, Anlagen)."""
