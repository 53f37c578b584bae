"""Counts of participants as they are entered (Teilnehmendenzahlen)."""
