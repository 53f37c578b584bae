"""The catalogue of measures as a table (Maßnahmenkatalog)."""
