"""Topics and life situations (Themenfelder, Lebenslagen)."""
