"""Papers of OParl, with their consultations in them."""
