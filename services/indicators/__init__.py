"""Areas, figures, their deliveries and what of them may be shown."""
