"""Slots: what suppliers have agreed to deliver, and what is missing (Lieferslots)."""
