"""Feeds of what is new, for readers of Atom (RFC 4287)."""
