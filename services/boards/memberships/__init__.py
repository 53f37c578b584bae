"""Memberships in bodies (Mitgliedschaften)."""
