"""The presets themselves: what is counted, of what, by which source and law."""
