"""The planning cycle of a coordination (Planungskreislauf)."""
