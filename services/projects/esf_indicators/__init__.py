"""Common indicators of the ESF Plus (gemeinsame Indikatoren)."""
