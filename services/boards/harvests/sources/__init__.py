"""Council information systems that are read (Quellen)."""
