"""Series of meetings (Sitzungsserien)."""
