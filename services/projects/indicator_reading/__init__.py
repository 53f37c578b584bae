"""Reading the indicators that measures are to change (Lesen der Zahlen, die sich ändern sollen)."""
