"""What of this service is searched (Suche)."""
