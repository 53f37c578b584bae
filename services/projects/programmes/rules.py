"""What a programme may be: pure functions."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from services.contracts.projects.programmes import FundingPeriod, NewProgramme
from services.kit.problems import Invalid
from services.projects.references.rules import ORGANISATION, Pointing


def check_periods(periods: Sequence[FundingPeriod]) -> None:
    """Refuse funding periods that overlap; the fault points at the start of the later one."""
    in_order = sorted(enumerate(periods), key=lambda numbered: numbered[1].starts_on)
    for (_, before), (place, after) in pairwise(in_order):
        if after.starts_on <= (before.ends_on or date.max):
            raise Invalid(
                "This period begins before the one before it has ended.",
                pointer=f"/periods/{place}/starts_on",
                code="overlap",
            )


def check_successor(
    key: str, successor_of: str | None, predecessors: Mapping[str, str | None]
) -> None:
    """Refuse a programme that would follow itself, directly or through others.

    `predecessors` maps each programme to the one it continues.
    """
    before, seen = successor_of, {key}
    while before is not None:
        if before in seen:
            raise Invalid(
                "A programme cannot continue itself.", pointer="/successor_of", code="cycle"
            )
        seen.add(before)
        before = predecessors.get(before)


def references(new: NewProgramme) -> list[Pointing]:
    """What it names of other services."""
    return [
        Pointing(ORGANISATION, funder.organisation, f"/funders/{i}/organisation")
        for i, funder in enumerate(new.funders)
    ]
