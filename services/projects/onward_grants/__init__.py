"""Onward grants: who applies for money of a grant (Weiterleitungen)."""
