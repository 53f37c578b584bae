"""Bookings from the finance system: compared first, then stored (Import von Buchungen)."""
