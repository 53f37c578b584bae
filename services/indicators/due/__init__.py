"""What is due of figures, for the calendar of all services (Fristen der Datenlieferung)."""
