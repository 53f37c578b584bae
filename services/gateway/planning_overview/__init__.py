"""The planning cycle with what all services know of it (Planungskreislauf)."""
