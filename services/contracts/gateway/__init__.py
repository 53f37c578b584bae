"""Contracts of the gateway: municipalities and API keys."""
