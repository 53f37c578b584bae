"""Target indicators (Zielindikatoren)."""
