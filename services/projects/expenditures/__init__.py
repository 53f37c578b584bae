"""Expenditures and their receipts (Ausgaben, Belege)."""
