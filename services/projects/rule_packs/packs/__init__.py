"""What is known of the rules of each programme."""
