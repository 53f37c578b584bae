"""How data of participants end (Löschung)."""
