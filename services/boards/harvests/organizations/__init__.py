"""Organizations of OParl as bodies and organisations."""
