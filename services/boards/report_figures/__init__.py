"""Figures bound into reports, as the readers of the report get them."""
