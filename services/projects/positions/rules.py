"""What a position may be: pure functions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, Protocol

from services.contracts.projects.positions import NewPosition, PositionFunding
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.references.rules import ORGANISATION, Pointing

WHOLE = Decimal(100)


class Sized(Protocol):
    """A position as far as it takes money."""

    @property
    def fte(self) -> Decimal: ...

    @property
    def count(self) -> int: ...

    @property
    def ends_on(self) -> date | None: ...

    @property
    def rule_scope(self) -> str | None: ...

    @property
    def funding(self) -> Sequence[PositionFunding]: ...


class Load(NamedTuple):
    """Full-time equivalents (VbE) from a day to a day."""

    starts_on: date
    ends_on: date
    fte: Decimal


class Held(NamedTuple):
    """How many full-time equivalents a programme funds, and when; where notices have `said` it for
    a day, that counts. `scope` is that of an extra cap, which nobody has who is not told of one."""

    programme: str
    caps: Sequence[Load]
    said: Sequence[Load] = ()
    scope: str | None = None


def scope_of(position: NewPosition, extra: Collection[str | None]) -> str | None:
    """The extra cap that a position counts against in a programme that has these; None: the
    common one."""
    return position.rule_scope if position.rule_scope in extra else None


def check_scope(
    new: NewPosition, apart: Collection[str | None], before: NewPosition | None
) -> None:
    """Refuse (422) the scope of an extra cap that no programme has that funds the position.

    Where it had the scope already, only for a grant that comes to it: programmes drop caps.
    """
    if new.rule_scope is None or new.rule_scope in apart:
        return
    grants = {part.grant for part in new.funding}
    if (
        before is None
        or before.rule_scope != new.rule_scope
        or grants - {part.grant for part in before.funding}
    ):
        text = f"No programme that funds it says how many positions it has for {new.rule_scope!r}."
        raise Invalid(text, pointer="/rule_scope", code="unknown")


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


def eligible_part(shares: Mapping[str, Decimal], rates: Mapping[str, Decimal | None]) -> Decimal:
    """What part of a position one programme pays for: 80 per cent of the cost at a rate of 80 are
    the whole position, 40 half of it. Of a grant without a rate any share is the whole."""
    parts = (
        share / rate if (rate := rates.get(grant)) else Decimal(1)
        for grant, share in shares.items()
        if share > 0
    )
    return min(sum(parts, Decimal(0)), Decimal(1))


def loads(new: Sized, rates: Mapping[str, Decimal | None]) -> list[Load]:
    """How many full-time equivalents a position takes of one programme, and when; `rates` are the
    grants of the programme."""
    last = new.ends_on or date.max
    parts = [part for part in new.funding if part.grant in rates]
    starts = {part.starts_on for part in parts}
    ends = {min(part.ends_on or last, last) for part in parts}
    starts |= {day + timedelta(1) for day in ends if day < date.max}
    found = []
    for first, after in pairwise([*sorted(starts), None]):
        assert first is not None
        until = date.max if after is None else after - timedelta(1)
        there = [part for part in parts if part.starts_on <= first <= (part.ends_on or last)]
        if there and first <= last:
            shares: dict[str, Decimal] = {}
            for part in there:
                shares[part.grant] = shares.get(part.grant, Decimal(0)) + part.share
            part_of_it = eligible_part(shares, rates)
            found.append(Load(first, min(until, last), new.fte * new.count * part_of_it))
    return found


def check_cap(
    held: Held, new: Sequence[Load], before: Sequence[Load], others: Sequence[Load]
) -> None:
    """Refuse (409) positions that are more than the programme funds on any day. On days on which
    the position takes no more than `before` it makes nothing worse."""
    _, caps, said, scope = held
    programme = held.programme if scope is None else f"{held.programme} ({scope})"
    unsaid = None if scope is None else Decimal(0)
    days = {load.starts_on for load in (*new, *before, *others, *caps, *said)}
    days |= {one.ends_on + timedelta(1) for one in (*caps, *said) if one.ends_on < date.max}
    for day in sorted(days):
        there = [*_there(said, day)] or [*_there(caps, day)]
        limit = min((cap.fte for cap in there), default=unsaid)
        own = _together(new, day)
        together = own + _together(others, day)
        if limit is not None and together > limit and own > _together(before, day):
            text = (
                f"On {day} {programme} would fund {together.normalize():f} full-time equivalents;"
                f" it funds {limit.normalize():f}."
            )
            raise Conflict(text, pointer="/funding", code="above_cap")


def _there(loads: Sequence[Load], day: date) -> Iterator[Load]:
    return (load for load in loads if load.starts_on <= day <= load.ends_on)


def _together(loads: Sequence[Load], day: date) -> Decimal:
    return sum((load.fte for load in _there(loads, day)), Decimal(0))


def references(new: NewPosition) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.employer, "/employer")]
