"""Staff positions (Stellen)."""
