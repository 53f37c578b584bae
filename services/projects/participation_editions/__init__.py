"""Who takes part, as it was published (Veröffentlichungen der Teilnehmendenzahlen)."""
