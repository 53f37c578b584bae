"""Amendments to papers (Änderungsanträge)."""
