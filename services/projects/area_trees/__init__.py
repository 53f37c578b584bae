"""Which area lies in which, as the indicators service tells it (Gebietsgliederung)."""
