"""What the funder made of expenditures (Prüfergebnisse)."""
