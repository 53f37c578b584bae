"""API keys (Zugangsschlüssel)."""
