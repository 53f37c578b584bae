"""The light markup of chapters (Auszeichnung)."""
