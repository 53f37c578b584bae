"""When what is due (Fristen)."""
