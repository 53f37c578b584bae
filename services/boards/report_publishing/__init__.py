"""Editions of reports become versions of publications, with their files."""
