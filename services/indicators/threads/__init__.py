"""What this service knows of a red thread (roter Faden)."""
