"""What is due in the calendars of people (Fristenkalender)."""
