"""What objects of OParl are here."""
