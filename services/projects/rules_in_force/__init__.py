"""Which rules of a programme and of a notice hold on a day (geltende Förderregeln)."""
