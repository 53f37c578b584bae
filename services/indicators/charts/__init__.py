"""Charts as specification, SVG and PNG (Diagramme)."""
