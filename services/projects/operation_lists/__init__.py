"""Published lists of operations (Vorhabenlisten)."""
