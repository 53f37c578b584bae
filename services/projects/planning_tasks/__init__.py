"""Tasks of a planning coordination (Aufgaben der Planungskoordination)."""
