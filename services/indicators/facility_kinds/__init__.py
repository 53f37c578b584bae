"""Kinds of facilities and whose number says how much is needed (Einrichtungsarten)."""
