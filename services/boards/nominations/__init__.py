"""Whom organisations must name for bodies (Benennungen)."""
