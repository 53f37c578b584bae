"""The files that prove what was paid or reached (Belegdateien)."""
