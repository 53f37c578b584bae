"""Exclusions for a conflict of interest (Befangenheit)."""
