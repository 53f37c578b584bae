"""The same time, told in other spans (anders geschnittene Zeiträume)."""
