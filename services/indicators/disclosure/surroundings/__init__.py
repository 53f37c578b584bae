"""The tree of areas and of attributes, by which figures add up, as last checked (Gebietsbaum)."""
