"""What an expenditure may be, and how it is divided: pure functions over exact decimals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from services.contracts.projects.expenditures import (
    ZERO,
    Expenditure,
    ExpenditurePart,
    ExpenditureState,
    NewExpenditure,
)
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.allocation.rules import split
from services.projects.references.rules import ORGANISATION, Pointing

WHOLE = Decimal(100)
_LATER = frozenset({"evidence", "note", "payment_date"})
"""What may still be said of an expenditure that was claimed or verified."""


class Divided(NamedTuple):
    """The eligible amount, its parts by grant, and the rest: together they are the amount."""

    eligible: Decimal
    parts: list[ExpenditurePart]
    own: Decimal


def divided(new: NewExpenditure) -> Divided:
    """Divide what is eligible by the shares. Recoverable value added tax is no cost
    (ANBest-P Nr. 6.4) and belongs to nobody."""
    eligible = new.gross - new.recoverable_vat
    shares = [share.share for share in new.shares]
    *amounts, own = split(eligible, [*shares, WHOLE - sum(shares)])
    parts = [
        ExpenditurePart(grant=share.grant, amount=amount, claim=None, verification=None)
        for share, amount in zip(new.shares, amounts, strict=True)
    ]
    return Divided(eligible, parts, own)


def state_of(parts: Sequence[ExpenditurePart]) -> ExpenditureState:
    """Verified when every part is decided, claimed when one part is claimed or checked."""
    checked = [part.verification for part in parts]
    if parts and all(found is not None and not found.parked for found in checked):
        return ExpenditureState.verified
    if any(checked) or any(part.claim for part in parts):
        return ExpenditureState.claimed
    return ExpenditureState.entered


def check_money(new: NewExpenditure) -> None:
    """Refuse a net amount above the gross, and more recoverable tax than there is tax."""
    faults = list(_faults(new))
    if faults:
        raise Invalid("The money does not fit; nothing was stored.", faults=faults)


def _faults(new: NewExpenditure) -> Iterator[Fault]:
    if new.net is not None and new.net > new.gross:
        yield Fault(pointer="/net", code="above_gross", detail="Net is more than gross.")
        return
    tax = new.gross - (ZERO if new.net is None else new.net)
    if new.recoverable_vat > tax:
        text = f"No more than {tax} can be value added tax."
        yield Fault(pointer="/recoverable_vat", code="above_tax", detail=text)


def check_still_open(now: Expenditure, new: NewExpenditure) -> None:
    """Refuse (409) to change what the funder has seen: only what completes it may be added."""
    if now.state is ExpenditureState.entered:
        return
    fields = (name for name in NewExpenditure.model_fields if name not in _LATER)
    changed = [name for name in fields if getattr(now, name) != getattr(new, name)]
    faults = [
        Fault(pointer=f"/{name}", code="submitted", detail="The funder has seen this.")
        for name in changed
    ]
    if faults:
        text = f"The expenditure is {now.state}; correct the result of its check instead."
        raise Conflict(text, faults=faults)


def references(new: NewExpenditure) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.supplier, "/supplier")]
