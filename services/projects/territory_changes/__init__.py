"""Which changes of the territory stand behind figures (Gebietsänderungen hinter Zahlen)."""
