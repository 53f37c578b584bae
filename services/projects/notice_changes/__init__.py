"""What a notice says otherwise than the one before (Änderungen eines Bescheids)."""
