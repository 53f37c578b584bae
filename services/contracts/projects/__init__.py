"""Contracts of the projects service (geförderte Vorhaben)."""
