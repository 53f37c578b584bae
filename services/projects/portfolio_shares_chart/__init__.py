"""The portfolio in groups, drawn (Anteile am Förderportfolio im Diagramm)."""
