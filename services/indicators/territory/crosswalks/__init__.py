"""Which area went where on a day (Umsteigeschlüssel)."""
