"""The funding cliff as a picture (Förderklippe als Diagramm)."""
