"""Reading OParl where it lies: on servers that are not always right, or in files."""
