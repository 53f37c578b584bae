"""Who takes part, as protected counts (geschützte Aggregate)."""
