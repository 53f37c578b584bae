"""Proofs of use as documents and workbooks (Druck des Verwendungsnachweises)."""
