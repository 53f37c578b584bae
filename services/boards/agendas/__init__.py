"""Agendas of meetings (Tagesordnungen)."""
