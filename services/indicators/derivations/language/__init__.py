"""The small language of formulas over indicators: read, checked, computed; never executed."""
