"""Maps of city portals: areas whose properties have names of their own (Geodaten der Portale)."""
