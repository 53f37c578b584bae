"""What webhooks are sent, for the API document (Nachrichten)."""
