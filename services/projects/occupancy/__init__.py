"""How many positions there may be, and which of them are filled (Stellenbesetzung)."""
