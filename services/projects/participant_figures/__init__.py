"""What somebody who takes part costs, by counts that were published (Kosten je Teilnehmenden)."""
