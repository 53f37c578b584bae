"""What every service needs and none owns. Knows the contracts, never a service."""
