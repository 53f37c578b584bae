"""Figures of cost and of money beside the grant (Ausgaben)."""
