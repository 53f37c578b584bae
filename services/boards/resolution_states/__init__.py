"""Which resolutions hold on a day, and whose tasks are still owed (Stand der Beschlüsse)."""
