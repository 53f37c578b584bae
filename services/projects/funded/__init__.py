"""What is known of every grant on a day, told as long as it is the same (bewilligte Mittel)."""
