"""Updates: what was reached (Fortschrittsmeldungen)."""
