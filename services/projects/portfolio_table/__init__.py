"""The portfolio as a table (Förderportfolio als Tabelle)."""
