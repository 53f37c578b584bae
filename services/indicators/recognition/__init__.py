"""Which areas and indicators a delivered file means."""
