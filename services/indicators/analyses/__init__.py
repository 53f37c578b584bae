"""What figures say beside others: rank, reliability, trend, reference (Auswertungen)."""
