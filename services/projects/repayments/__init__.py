"""What of a grant has to go back to the funder, and its interest (Erstattung)."""
