"""Fields of action of strategies (Handlungsfelder)."""
