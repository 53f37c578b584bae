"""References to what other services own (Verweise)."""
