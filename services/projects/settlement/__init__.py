"""What may be paid once cost and income are known (Abrechnung)."""
