"""Money that was drawn and must be used in time (Mittelabruf, Verwendungsfrist)."""
