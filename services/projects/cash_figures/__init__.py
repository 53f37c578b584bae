"""Figures of drawn money (Mittelabruf)."""
