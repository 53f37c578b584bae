"""What will be spent, and what will lapse (Prognose, Mittelverfall)."""
