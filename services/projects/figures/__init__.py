"""All figures of a grant on a day (Kennzahlen der Zuwendung)."""
