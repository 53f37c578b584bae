"""The way of a paper in one answer (Beratungsverlauf)."""
