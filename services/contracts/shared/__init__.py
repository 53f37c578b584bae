"""Contracts that every service speaks."""
