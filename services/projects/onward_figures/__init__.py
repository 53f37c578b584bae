"""What local rules say of money passed on."""
