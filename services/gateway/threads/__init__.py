"""The red thread of anything, composed of what the services know (roter Faden)."""
