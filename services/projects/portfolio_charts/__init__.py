"""Charts of controlling (Diagramme des Controllings)."""
