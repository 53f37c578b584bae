"""What real OParl servers get wrong, put right."""
