"""Telling others what the journal says."""
