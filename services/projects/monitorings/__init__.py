"""How projects keep count of who takes part (Teilnehmendenerfassung)."""
