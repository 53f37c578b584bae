"""Papers of OParl and the bodies they go through."""
