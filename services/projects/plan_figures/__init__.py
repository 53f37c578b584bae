"""Figures of the financing plan (Finanzierungsplan)."""
