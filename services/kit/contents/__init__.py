"""The bytes of files: received, recognised, kept once, given out (Inhalte)."""
