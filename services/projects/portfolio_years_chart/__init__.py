"""Plan, actual and forecast by year, drawn (Plan, Ist und Prognose im Diagramm)."""
