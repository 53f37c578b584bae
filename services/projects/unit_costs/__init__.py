"""What one result costs, and what money brings along (Stückkosten, Hebel)."""
