"""Coordinated reports in work (Koordinierte Berichte)."""
