"""Editions of coordinated reports, for good (Ausfertigungen)."""
