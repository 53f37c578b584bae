"""What was decided in a meeting, as its minutes tell it (Beschlüsse in der Niederschrift)."""
