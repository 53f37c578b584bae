"""The demo: two real municipalities as typed data, and a loader that speaks only to the API."""
