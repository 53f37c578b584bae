"""Need and money of areas, drawn (integrierte Sicht im Diagramm)."""
