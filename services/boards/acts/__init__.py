"""Acts of bodies under their powers (Akte der Befugnisse)."""
