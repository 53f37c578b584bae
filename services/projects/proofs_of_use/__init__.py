"""Proofs of use as they were made for the funder, for good (Verwendungsnachweise)."""
