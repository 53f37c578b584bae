"""What may be charged to a grant (Zuwendungsfähigkeit)."""
