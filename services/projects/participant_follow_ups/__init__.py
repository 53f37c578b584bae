"""Leaving, coming back, and asking again (Austritt, Wiedereintritt, Nachbefragung)."""
