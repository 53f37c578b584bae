"""What follows exactly from sums of which some cells are not known."""
