"""What is known of a grant on a day, gathered from all that is stored of it (Sachstand)."""
