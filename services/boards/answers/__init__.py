"""What the office does with contributions: moderate and answer them (Moderation, Abwägung)."""
