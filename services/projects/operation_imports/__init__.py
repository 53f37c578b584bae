"""Import of published lists of operations (Import von Vorhabenlisten)."""
