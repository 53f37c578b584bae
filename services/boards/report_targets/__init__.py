"""What measures are to change on figures, and what changed, bound into reports."""
