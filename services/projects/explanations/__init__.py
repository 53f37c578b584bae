"""What each figure means, in words (Erläuterungen)."""
