"""Events: what happened in all services, told in order (Ereignisse)."""
