"""Reading the OParl of other council information systems (Ratsinformationssysteme einlesen)."""
