"""What is different between two editions of a report (Vergleich von Ausfertigungen)."""
