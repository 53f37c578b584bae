"""What follows from sums because no count is negative."""
