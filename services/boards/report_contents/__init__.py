"""What a report says: its chapters with everything bound into them."""
