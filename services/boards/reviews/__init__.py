"""Closed votes, looked at again (Überprüfung von Abstimmungen)."""
