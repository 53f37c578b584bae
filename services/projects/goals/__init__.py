"""Goals of strategies (Ziele)."""
