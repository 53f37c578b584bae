"""What a claim may ask for and what may come of it: pure functions over exact decimals."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.claims import (
    Claim,
    ClaimClosing,
    ClaimOutcome,
    ClaimState,
    NewClaim,
    NewPayout,
    Payout,
    PayoutCorrection,
)
from services.contracts.projects.expenditures import Expenditure, ExpenditurePart
from services.contracts.projects.grants import Financing
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.allocation.rules import cents
from services.projects.computing import known
from services.projects.cost_options.rules import FlatRates, covered, flats_on
from services.projects.envelopes.rules import Envelope

ZERO = Decimal("0.00")
PAYING = frozenset({ClaimState.submitted, ClaimState.paid, ClaimState.settled})


class Ground(NamedTuple):
    """On what a claim stands: the cost, the grant's share of it, and what that supports."""

    cost: Decimal
    share: Decimal | None
    supported: Decimal


def ground(
    new: NewClaim,
    found: Mapping[str, Expenditure],
    financing: str,
    rate: Decimal | None,
    flat: FlatRates | None = None,
) -> Ground:
    """What the claim stands on. A grant that pays a share pays that share of every cost
    (Anteilfinanzierung, ANBest-P Nr. 1.4); every other pays cost whole, up to its amount. The
    flat amounts that rest on the cost are cost as well (Art. 53 to 56 Regulation (EU) 2021/1060).

    Refuses expenditures that are not there, of which nothing is put to this grant, or that stand
    in a claim already, and cost that a flat rate covers: nothing is paid for twice. A share that
    is not known limits nothing; the amount of the grant does.
    """
    faults = [*_faults(new, found), *(_covered(new, found, covered(flat)) if flat else ())]
    if faults:
        raise Invalid("The claim names what it cannot; nothing was stored.", faults=faults)
    parts = [(found[key].category, part_for(found[key], new.grant)) for key in new.expenditures]
    costs = [(category, _worth(part)) for category, part in parts if part]
    costs += [(item.category, item.amount) for item in new.forecast]
    cost = sum((amount for _, amount in costs), ZERO)
    cost += cents(known(one.known for one in (flats_on(costs, flat) if flat else ())))
    share = rate if financing == Financing.share else None
    supported = cents(cost * share / 100) if share is not None else cost
    return Ground(cost, share, supported)


def part_for(expenditure: Expenditure, grant: str) -> ExpenditurePart | None:
    """What of the expenditure is put to the grant."""
    return next((part for part in expenditure.parts if part.grant == grant), None)


def _worth(part: ExpenditurePart) -> Decimal:
    """What was refused already cannot be claimed any more."""
    return part.amount if part.verification is None else part.verification.accepted


def _faults(new: NewClaim, found: Mapping[str, Expenditure]) -> Iterator[Fault]:
    for i, key in enumerate(new.expenditures):
        pointer = f"/expenditures/{i}"
        part = part_for(found[key], new.grant) if key in found else None
        if key not in found:
            detail = "There is no such expenditure."
            yield Fault(pointer=pointer, code="unknown", detail=detail)
        elif part is None:
            detail = "Nothing of it is put to this grant."
            yield Fault(pointer=pointer, code="other_grant", detail=detail)
        elif part.claim is not None:
            yield Fault(pointer=pointer, code="claimed", detail="It stands in another claim.")


def _covered(
    new: NewClaim, found: Mapping[str, Expenditure], gone: Collection[str]
) -> Iterator[Fault]:
    named = [
        (f"/expenditures/{i}", found[key].category)
        for i, key in enumerate(new.expenditures)
        if key in found
    ]
    named += [(f"/forecast/{i}/category", item.category) for i, item in enumerate(new.forecast)]
    for pointer, category in named:
        if category in gone:
            detail = "A flat rate of the notice covers it; that is added to the other cost."
            yield Fault(pointer=pointer, code="covered_by_flat_rate", detail=detail)


def check_requested(new: NewClaim, stands_on: Ground) -> None:
    """Refuse to ask for more than the cost supports."""
    if new.requested > stands_on.supported:
        text = f"The cost supports {stands_on.supported}."
        raise Invalid(text, pointer="/requested", code="above_supported")


def check_room(envelope: Envelope, outstanding: Decimal, requested: Decimal) -> None:
    """Refuse (409) what is more than the grant together with all that was paid or asked for."""
    payable = envelope.payable
    if payable is None:
        text = "The amount of the grant is not known; nothing can be claimed."
        raise Conflict(text, pointer="/requested", code="amount_unknown")
    if requested > payable - outstanding:
        text = f"Of the grant {max(payable - outstanding, ZERO)} can still be claimed."
        raise Conflict(text, pointer="/requested", code="above_grant")


def check_state(now: ClaimState, *allowed: ClaimState) -> None:
    """Refuse (409) a step that the state of the claim does not allow."""
    if now not in allowed:
        raise Conflict(f"The claim is {now}.", code="state")


def with_payout(claim: Claim, new: NewPayout) -> list[Payout]:
    """The payouts with one more. Refuses (409) more than was requested."""
    number = len(claim.payouts) + 1
    payouts = [*claim.payouts, Payout(number=number, **new.model_dump())]
    _check_total(claim, payouts)
    return payouts


def with_correction(claim: Claim, new: PayoutCorrection) -> list[Payout]:
    """The payouts, one of them as it really was. Refuses one that is not there."""
    if new.number > len(claim.payouts):
        raise Invalid("There is no such payout.", pointer="/number", code="unknown")
    corrected = Payout(number=new.number, paid_on=new.paid_on, amount=new.amount)
    payouts = [corrected if old.number == new.number else old for old in claim.payouts]
    _check_total(claim, payouts)
    return payouts


def _check_total(claim: Claim, payouts: Sequence[Payout]) -> None:
    if paid(payouts) > claim.requested:
        text = f"Of the {claim.requested} that were requested {claim.paid_out} have come."
        raise Conflict(text, pointer="/amount", code="above_requested")


def paid(payouts: Sequence[Payout]) -> Decimal:
    """What has come."""
    return sum((payout.amount for payout in payouts), ZERO)


def state_after(claim: Claim, payouts: Sequence[Payout]) -> ClaimState:
    """Paid when all of it came; what was settled for less stays so until then."""
    if paid(payouts) == claim.requested:
        return ClaimState.paid
    return ClaimState.settled if claim.state is ClaimState.settled else ClaimState.submitted


def closed(claim: Claim, new: ClaimClosing) -> ClaimState:
    """The state after closing. Refuses (409) to settle where nothing came, and to withdraw or
    refuse where something did; only what was submitted can be refused."""
    allowed = {
        ClaimState.draft: {ClaimOutcome.withdrawn},
        ClaimState.submitted: {ClaimOutcome.settled}
        if claim.paid_out
        else {ClaimOutcome.withdrawn, ClaimOutcome.refused},
    }
    if new.outcome not in allowed.get(claim.state, set()):
        text = f"A claim that is {claim.state}, with {claim.paid_out} paid, is not {new.outcome}."
        raise Conflict(text, pointer="/outcome", code="state")
    return ClaimState(new.outcome)
