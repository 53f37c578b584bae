"""Commitments: orders and contracts (Verpflichtungen)."""
