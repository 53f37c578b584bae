"""How the municipality presents itself in OParl (Steckbrief)."""
