"""Envelopes: what of a grant is bound, and what is left (Bindung der Zuwendung)."""
