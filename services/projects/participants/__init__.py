"""Participants, where a programme demands data of persons (Teilnehmendendaten)."""
