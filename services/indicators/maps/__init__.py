"""Thematic maps: figures, classes and shapes in one answer (thematische Karten)."""
