"""Claims and payouts (Mittelabrufe, Auszahlungen)."""
