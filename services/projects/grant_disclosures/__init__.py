"""What else is published of grants (Angaben zur Veröffentlichung)."""
