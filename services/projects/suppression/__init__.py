"""Which counts stay hidden so that none can be calculated (Geheimhaltung kleiner Zahlen)."""
