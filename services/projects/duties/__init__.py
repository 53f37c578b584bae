"""What a grant demands by its notices and rules (Pflichten)."""
