"""What a position may be: pure functions."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from services.contracts.projects.positions import NewPosition, PositionFunding
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid
from services.projects.references.rules import ORGANISATION, Pointing

WHOLE = Decimal(100)


def check_funding(new: NewPosition) -> None:
    """Refuse shares outside the time of the position, and more than 100 per cent on any day."""
    faults = list(_outside(new))
    day = first_day_above(new.funding, WHOLE)
    if day is not None:
        text = f"On {day} the shares are more than 100 per cent together."
        faults.append(Fault(pointer="/funding", code="above_whole", detail=text))
    if faults:
        raise Invalid("The funding does not fit; nothing was stored.", faults=faults)


def _outside(new: NewPosition) -> Iterator[Fault]:
    for i, part in enumerate(new.funding):
        if part.starts_on < new.starts_on or part.starts_on > (new.ends_on or date.max):
            text = "This is not in the time of the position."
            yield Fault(pointer=f"/funding/{i}/starts_on", code="outside", detail=text)
        elif new.ends_on is not None and part.ends_on is not None and part.ends_on > new.ends_on:
            text = "This is after the end of the position."
            yield Fault(pointer=f"/funding/{i}/ends_on", code="outside", detail=text)


def first_day_above(funding: Sequence[PositionFunding], limit: Decimal) -> date | None:
    """The first day on which the shares together are more than `limit`; None when there is none."""
    steps = [(part.starts_on.toordinal(), part.share) for part in funding]
    steps += [(part.ends_on.toordinal() + 1, -part.share) for part in funding if part.ends_on]
    together = Decimal(0)
    for day, share in sorted(steps):  # what ends on a day comes before what begins
        together += share
        if together > limit:
            return date.fromordinal(day)
    return None


def references(new: NewPosition) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.employer, "/employer")]
