"""Which facility lies in which area (Gebietszuordnung der Einrichtungen)."""
