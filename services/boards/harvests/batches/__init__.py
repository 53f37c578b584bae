"""Batches of objects as a server answered them."""
