"""What a written report has to speak of, and what a proof lacks (Sachbericht, Prüfpunkte)."""
