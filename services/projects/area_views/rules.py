"""Need, measures and money side by side: pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.projects.area_views import AreaMoney, AreaNeed, AreaView, AreaViews
from services.contracts.projects.portfolio import Portfolio, PortfolioGroup, PortfolioSum
from services.contracts.projects.terms import SourceKind

_OWN = (SourceKind.own, SourceKind.municipal)
_GRANTED = (SourceKind.eu, SourceKind.federal, SourceKind.state)
_NOTHING = PortfolioSum(amount=None, unknown=0)


@dataclass(frozen=True)
class Planned:
    """A measure: where it is for, what it may cost, which findings it answers."""

    key: str
    areas: Sequence[str]
    budget: Sequence[Mapping[str, Any]]
    findings: Sequence[str]


@dataclass(frozen=True)
class Found:
    """A finding that is open or confirmed."""

    key: str
    area: str


def views(
    measures: Sequence[Planned], found: Iterable[Found], funded: Portfolio, year: int, on: date
) -> AreaViews:
    """Every area that has a need, a measure or a grant.

    A measure for several areas counts in each of them and once in the total: its money is not
    divided, because nobody says how. What is not known is counted and in no sum.
    """
    by_area: dict[str | None, list[Planned]] = defaultdict(list)
    for measure in measures:
        for area in measure.areas or (None,):
            by_area[area].append(measure)
    needs: dict[str | None, list[str]] = defaultdict(list)
    for finding in found:
        needs[finding.area].append(finding.key)
    groups = {group.key: group for group in funded.groups}
    answered = {key for measure in measures for key in measure.findings}
    named = {key for key in (*by_area, *needs, *groups) if key is not None}
    nowhere = [None] if None in by_area or None in groups else []
    keys: list[str | None] = [*sorted(named), *nowhere]
    return AreaViews(
        on=on,
        year=year,
        currency="EUR",
        several=sum(len(measure.areas) > 1 for measure in measures),
        areas=[
            _view(key, by_area[key], needs[key], groups.get(key), answered, year) for key in keys
        ],
        total=_money(measures, year),
    )


def _view(
    area: str | None,
    measures: Sequence[Planned],
    needs: Sequence[str],
    group: PortfolioGroup | None,
    answered: set[str],
    year: int,
) -> AreaView:
    return AreaView(
        area=area,
        granted=group.granted if group else _NOTHING,
        spent=group.spent if group else _NOTHING,
        need=AreaNeed(
            open=sorted(needs),
            answered=sorted(key for key in needs if key in answered),
            unanswered=sorted(key for key in needs if key not in answered),
        ),
        **_money(measures, year).model_dump(),
    )


def _money(measures: Sequence[Planned], year: int) -> AreaMoney:
    lines = [line for m in measures for line in m.budget if line["year"] == year]
    kinds: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for line in lines:
        kind = SourceKind(line["source"])
        name = "municipal" if kind in _OWN else "granted_budget" if kind in _GRANTED else "other"
        kinds[name].append(line)
    return AreaMoney(
        measures=sorted(measure.key for measure in measures),
        municipal=_sum(kinds["municipal"]),
        granted_budget=_sum(kinds["granted_budget"]),
        other=_sum(kinds["other"]),
    )


def _sum(lines: Sequence[Mapping[str, Any]]) -> PortfolioSum:
    known = [Decimal(str(line["amount"])) for line in lines if line.get("amount") is not None]
    amount = sum(known, Decimal("0.00")) if known else None
    return PortfolioSum(amount=amount, unknown=len(lines) - len(known))
