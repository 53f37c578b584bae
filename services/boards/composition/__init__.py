"""How the seats of bodies are filled (Besetzung)."""
