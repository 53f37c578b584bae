"""What targets that count people have come to, as it was published (geschützte Istwerte)."""
