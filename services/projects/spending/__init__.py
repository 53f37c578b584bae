"""What was spent of grants, each euro once (Mittelabfluss)."""
