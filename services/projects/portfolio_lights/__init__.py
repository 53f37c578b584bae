"""Traffic lights of projects with the rule that lit them (Ampeln)."""
