"""Deliveries of webhooks: what is sent, how it went, what is sent again (Zustellungen)."""
