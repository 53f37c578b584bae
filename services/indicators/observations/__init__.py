"""Figures as they are read (Beobachtungen)."""
