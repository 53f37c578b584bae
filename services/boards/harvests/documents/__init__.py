"""Files of other council information systems: linked, never fetched."""
