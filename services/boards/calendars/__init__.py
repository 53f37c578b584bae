"""Meetings in the calendars of people (Kalender)."""
