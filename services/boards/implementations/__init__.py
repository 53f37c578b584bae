"""Carrying out resolutions (Beschlusskontrolle)."""
