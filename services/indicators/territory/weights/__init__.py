"""Shares that are computed: by a count, by surface, or equally (Gewichte)."""
