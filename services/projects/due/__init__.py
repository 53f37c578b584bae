"""What is due in the projects, for the calendar of all services (Fristen der Vorhaben)."""
