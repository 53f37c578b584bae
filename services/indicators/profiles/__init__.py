"""Everything that is published of one area (Gebietsprofil)."""
