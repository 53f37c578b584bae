"""What happened at a meeting, put together from what is stored (Verlauf der Sitzung)."""
