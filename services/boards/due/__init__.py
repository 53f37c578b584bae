"""What is due in the boards, for the calendar of all services (Fristen der Gremien)."""
