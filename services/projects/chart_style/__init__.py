"""How charts of controlling look (Gestaltung der Diagramme)."""
