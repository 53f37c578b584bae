"""What comes back to those who took part (Rückmeldebericht)."""
