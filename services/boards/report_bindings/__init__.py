"""What can be bound into a report, and how it is written (Bindungen)."""
