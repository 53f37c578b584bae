"""How many places there are for those who need them (Versorgung)."""
