"""What happens to an onward grant: decision, notice, payouts, proof of use, recovery."""
