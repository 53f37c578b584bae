"""What is different between two wordings (Textvergleich)."""
