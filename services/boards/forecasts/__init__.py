"""What will change in the composition of bodies (Vorausschau auf die Besetzung)."""
