"""Private calendars of what is due in all services (Fristenkalender zum Abonnieren)."""
