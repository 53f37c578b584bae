"""What looks wrong in delivered figures: repetitions, sums, jumps, gaps (Plausibilisierung)."""
