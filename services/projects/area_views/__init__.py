"""Need, measures and money of areas (integrierte Sozial- und Finanzplanung)."""
