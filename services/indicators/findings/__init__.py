"""Findings of needs analysis (Befunde)."""
