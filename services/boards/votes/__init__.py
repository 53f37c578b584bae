"""Votes in meetings (Abstimmungen)."""
