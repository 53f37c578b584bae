"""How bookings of a finance system are read (Zuordnung des Finanzverfahrens)."""
