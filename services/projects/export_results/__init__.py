"""What funded work is to bring about, as open data (Ergebnisse in den Open-Data-Ausgaben)."""
