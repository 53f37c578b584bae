"""What planning has produced here, for the view of the planning cycle (Ergebnisse)."""
