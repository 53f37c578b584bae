"""Powers of bodies (Befugnisse)."""
