"""Editions of reports on paper: HTML and accessible PDF (PDF/UA)."""
