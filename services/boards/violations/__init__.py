"""Where the composition of a body is not as its rules say (Besetzungsmängel)."""
