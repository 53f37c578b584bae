"""What papers name of the projects service, and whom that concerns (Projekte, Maßnahmen)."""
