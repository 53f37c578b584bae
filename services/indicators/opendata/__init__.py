"""The catalogue as open data portals harvest it (DCAT-AP.de)."""
