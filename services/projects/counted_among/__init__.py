"""Of whom counts say what they are and what became of them (Bezugsgröße)."""
