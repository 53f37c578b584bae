"""Documents for people: the same content as HTML and as accessible PDF (PDF/UA)."""
