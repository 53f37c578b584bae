"""Planning fields (Planungsfelder)."""
