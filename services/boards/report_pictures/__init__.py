"""Charts and maps bound into reports."""
