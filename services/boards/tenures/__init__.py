"""Who holds a seat how long: terms, carrying over, successors (Amtszeiten)."""
