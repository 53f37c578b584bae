"""Reading files of bookings, in a process with limits (Buchungsdateien)."""
