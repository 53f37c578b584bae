"""Money beside a grant that came in (Einnahmen)."""
