"""What the finance system says was spent (Buchungen)."""
