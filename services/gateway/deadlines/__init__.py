"""What is due in all services, in one calendar (Fristenkalender)."""
