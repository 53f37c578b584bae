"""Rules for bodies as a whole (Besetzungsregeln)."""
