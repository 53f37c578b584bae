"""Webhooks: who is told what happened (Webhooks)."""
