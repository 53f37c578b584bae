"""Facilities from a map file or a table (Einrichtungsimport)."""
