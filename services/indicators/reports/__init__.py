"""Reports bound to a release (Sozialatlas, Sozialbericht)."""
