"""Figures of positions and their pay (Personalausgaben)."""
