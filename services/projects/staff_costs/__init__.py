"""What staff may cost (Personalausgaben)."""
