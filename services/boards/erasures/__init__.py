"""What is told to people about their data, and how it ends (Auskunft, Löschung)."""
