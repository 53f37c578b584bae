"""Dimensions of figures and their code lists (Merkmale und Ausprägungen)."""
