"""Which paper belongs to which."""
