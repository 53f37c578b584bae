"""Hours worked for grants, and what they cost (Stundensätze, Stundennachweise)."""
