"""Templates of coordinated reports (Berichtsvorlagen)."""
