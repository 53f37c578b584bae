"""Gaps in the funding of positions (Finanzierungslücken)."""
