"""The rules of funding programmes (Förderregeln)."""
