"""Meetings of OParl with their agendas."""
