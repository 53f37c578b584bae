"""OParl 1.1: the public side of the boards, for other software (oparl.org)."""
