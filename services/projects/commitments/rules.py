"""What of a commitment is still to come: pure functions."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from services.contracts.projects.commitments import (
    Commitment,
    CommitmentPart,
    CommitmentState,
    NewCommitment,
)
from services.contracts.projects.expenditures import ZERO
from services.projects.allocation.rules import split
from services.projects.references.rules import ORGANISATION, Pointing

STEPS: Mapping[CommitmentState, Set[CommitmentState]] = {
    CommitmentState.open: {CommitmentState.fulfilled, CommitmentState.cancelled},
    CommitmentState.fulfilled: {CommitmentState.open},
    CommitmentState.cancelled: {CommitmentState.open},
}


def told(stored: Mapping[str, object], invoiced: Decimal) -> Commitment:
    """The commitment with its open amount, never below zero, divided by its shares."""
    new = Commitment.model_validate({**stored, "invoiced": ZERO, "open": ZERO, "parts": []})
    still = new.amount - invoiced if new.state is CommitmentState.open else ZERO
    still = max(still, ZERO)
    amounts = divided(still, [share.share for share in new.shares])
    parts = [
        CommitmentPart(grant=share.grant, amount=amount)
        for share, amount in zip(new.shares, amounts, strict=True)
    ]
    return new.model_copy(update={"invoiced": invoiced, "open": still, "parts": parts})


def divided(amount: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The parts of grants in an amount, by their shares in per cent; the rest is of nobody."""
    *parts, _ = split(amount, [*shares, Decimal(100) - sum(shares)])
    return parts


def references(new: NewCommitment) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.supplier, "/supplier")]
