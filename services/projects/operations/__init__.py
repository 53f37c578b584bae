"""Published operations (Vorhaben von Vorhabenlisten)."""
