"""The bytes of files: recognised, kept once, given out (Inhalte)."""
