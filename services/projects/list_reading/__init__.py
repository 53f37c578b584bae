"""Reading published lists of operations as they are (Lesen von Vorhabenlisten)."""
