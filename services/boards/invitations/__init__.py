"""Invitations to meetings, and their agendas (Einladungen)."""
