"""Pictures of Vega-Lite specifications: SVG and PNG."""
