"""What is stored of a grant, read as facts (Rohdaten einer Zuwendung)."""
