"""Where plans meet and contradict one another (Überschneidungen von Fachplänen)."""
