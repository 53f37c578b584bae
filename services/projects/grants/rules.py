"""What a grant may be: pure functions over exact decimals."""

from collections.abc import Iterator
from decimal import Decimal

from services.contracts.projects.grants import NewGrant
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid
from services.projects.references.rules import ORGANISATION, Pointing

CENT = Decimal("0.01")


def check_money(new: NewGrant) -> None:
    """Refuse a grant above the eligible cost, a rate that does not give the amount to the cent,
    and sources that are known to be more than the eligible cost. Unknown amounts are no zeros."""
    faults = list(_faults(new))
    if faults:
        raise Invalid("The money does not fit; nothing was stored.", faults=faults)


def _faults(new: NewGrant) -> Iterator[Fault]:
    cost, amount, rate = new.eligible_cost, new.amount, new.rate
    if amount is not None and amount > cost:
        text = "The grant is more than the eligible cost."
        yield Fault(pointer="/amount", code="above_cost", detail=text)
    elif amount is not None and rate is not None and abs(amount - cost * rate / 100) >= CENT:
        text = f"{rate} per cent of the eligible cost is another amount."
        yield Fault(pointer="/amount", code="rate", detail=text)
    if sum(source.amount for source in new.sources if source.amount is not None) > cost:
        text = "The sources are more than the eligible cost."
        yield Fault(pointer="/sources", code="above_cost", detail=text)


def references(new: NewGrant) -> list[Pointing]:
    """What it names of other services."""
    return [
        Pointing(ORGANISATION, new.grantee, "/grantee"),
        Pointing(ORGANISATION, new.funder, "/funder"),
        *(
            Pointing(ORGANISATION, source.organisation, f"/sources/{i}/organisation")
            for i, source in enumerate(new.sources)
        ),
    ]
