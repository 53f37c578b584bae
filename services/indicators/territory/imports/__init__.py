"""Changes of the territory from a table of matches (Umsteigeschlüssel als Datei)."""
