"""Statistical secrecy (Geheimhaltung)."""
