"""Who pays how much of what is eligible (Finanzierung)."""
