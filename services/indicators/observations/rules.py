"""What a question for figures means: pure functions."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

from services.contracts.indicators.territory import WeightKind
from services.contracts.indicators.values import ValueStatus
from services.indicators.observations.filters import Named
from services.indicators.periods import PeriodRefused, parse_period
from services.kit.days import HERE
from services.kit.paging import decode
from services.kit.problems import Invalid

MOST_KEYS = 500
MOST_FIGURES = 200_000
MOST_DAYS = 1000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STATUSES = frozenset(map(str, ValueStatus))
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Which figures are asked for; None leaves a side open.

    `pattern` is a regular expression of breakdowns, `named` are the codes that stand in it and in
    `breakdowns`, `newest` counts the last days on which periods
    end, `before` asks for a year before the newest. Of `release` and `moment`, and of `since` and
    `since_moment`, one at most is given. `territory` is a day: figures as in the areas of then.
    """

    indicators: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    level: str | None = None
    within: str | None = None
    start: date | None = None
    end: date | None = None
    breakdowns: tuple[str, ...] | None = None
    pattern: str | None = None
    named: tuple[Named, ...] = ()
    statuses: tuple[str, ...] | None = None
    periods: tuple[str, ...] | None = None
    period_ends: tuple[date, ...] | None = None
    newest: int | None = None
    before: bool = False
    release: int | None = None
    moment: datetime | None = None
    since: int | None = None
    since_moment: datetime | None = None
    territory: date | None = None
    weights: WeightKind | None = None

    @property
    def is_current(self) -> bool:
        """Whether nothing but what stands now is asked for."""
        return self.release is None and self.moment is None and not self.tells_what_went

    @property
    def tells_what_went(self) -> bool:
        """Whether the answer also names figures that are no longer there."""
        return self.since is not None or self.since_moment is not None


class Place(NamedTuple):
    """The figure after which an answer goes on."""

    indicator: str
    area: str
    period_end: date
    period: str
    breakdown: str


class Periods(NamedTuple):
    """Periods by name, or relative to the newest."""

    names: tuple[str, ...] | None = None
    ends: tuple[date, ...] | None = None
    newest: int | None = None
    before: bool = False


def keys(parameter: str, text: str) -> tuple[str, ...]:
    """Keys separated by commas; refuses anything else."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if len(found) > MOST_KEYS:
        raise Invalid(f"At most {MOST_KEYS} keys at once.", parameter=parameter, code="too_many")
    for key in found:
        if not _KEY.fullmatch(key):
            raise Invalid(f"{key[:80]!r} is not a key.", parameter=parameter, code="key")
    return found


def first_day(text: str) -> date:
    """The first day of the period from which on figures are asked for."""
    return _period("from", text, lambda text: parse_period(text).start)


def last_day(text: str) -> date:
    """The last day of the period until which figures are asked for."""
    return _period("until", text, lambda text: parse_period(text).end)


def _period(parameter: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except PeriodRefused as refused:
        raise Invalid(str(refused), parameter=parameter, code="period") from None


def periods(text: str | None, last: int | None) -> Periods:
    """Periods such as "2023,2024", "latest", "latest,previous-year", or the `last` n."""
    words = [word.strip() for word in text.split(",")] if text is not None else []
    relative = {"latest", "previous-year"} & set(words)
    named = [word for word in words if word not in relative]
    if named and (relative or last is not None):
        raise Invalid(
            "Name periods or ask for relative ones, not both.", parameter="period", code="mixed"
        )
    if named:
        found = [_period("period", word, parse_period) for word in dict.fromkeys(named)]
        return Periods(tuple(p.text for p in found), tuple({p.end: None for p in found}))
    if "latest" in relative and last is None:
        last = 1
    return Periods(newest=last, before="previous-year" in relative)


def statuses(text: str) -> tuple[str, ...]:
    """States of figures, separated by commas."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for status in found:
        if status not in _STATUSES:
            known = ", ".join(sorted(_STATUSES))
            raise Invalid(f"{status[:80]!r} is none of {known}.", parameter="status", code="status")
    return found


def state(parameter: str, text: str) -> tuple[int | None, datetime | None]:
    """A release by its number, or the moment whose newest release is meant.

    A day means its end in Germany; a moment without a zone is one in Germany.
    """
    if re.fullmatch(r"[0-9]{1,10}", text):
        number = int(text)
        if not (parameter != "as_of" or number) or number > 2**31 - 1:
            raise Invalid("Releases are counted from 1.", parameter=parameter, code="number")
        return number, None
    try:
        if len(text) == 10:
            day = date.fromisoformat(text) + timedelta(days=1)
            moment = datetime(day.year, day.month, day.day, tzinfo=HERE)
            return None, (moment - timedelta(microseconds=1)).astimezone(UTC)
        # An unescaped plus sign arrives as a blank.
        at = datetime.fromisoformat(re.sub(r" (?=[0-9]{2}:?[0-9]{2}$)", "+", text))
        at = at if at.tzinfo else at.replace(tzinfo=HERE)
        return None, at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(
            "Write the number of a release, a day or a moment (ISO 8601).",
            parameter=parameter,
            code="state",
        ) from None


def place(cursor: str) -> Place:
    """Where a cursor points."""
    try:
        indicator, area, period_end, period, breakdown = decode(cursor)
        return Place(indicator, area, date.fromisoformat(period_end), period, breakdown)
    except (ValueError, TypeError):
        raise Invalid(
            "This is not a cursor of this list.", parameter="cursor", code="cursor"
        ) from None


def check_known(parameter: str, asked: Iterable[str], known: Iterable[str] | None) -> None:
    """Refuse a key that names nothing, or nothing to be seen."""
    for key in sorted(set(asked) - set(known or ())):
        raise Invalid(f"There is no {key!r} that you may see.", parameter=parameter, code="unknown")


def check_answered(question: Question, found: Mapping[str, Any]) -> None:
    """Refuse what the statement found unknown: indicators, areas, levels, and releases to come."""
    check_known("indicator", question.indicators, found["indicators"])
    if question.areas is not None:
        check_known("area", question.areas, found["areas"])
    if question.level is not None and not found["level"]:
        raise Invalid(
            f"There is no area of the level {question.level!r}.", parameter="level", code="unknown"
        )
    if question.within is not None and not found["within"]:
        raise Invalid(
            f"There is no {question.within!r} that you may see.", parameter="within", code="unknown"
        )
    for parameter, number in (("as_of", question.release), ("updated_after", question.since)):
        if number is not None and number > found["release"]:
            raise Invalid(f"There is no release {number} yet.", parameter=parameter, code="unknown")
    if question.moment is not None and found["pinned"] is None:
        raise Invalid("There was no release yet.", parameter="as_of", code="unknown")


def check_order(first: date | None, last: date | None) -> None:
    """Refuse a question whose end lies before its start."""
    if first is not None and last is not None and last < first:
        raise Invalid(
            "The last period ends before the first one begins.", parameter="until", code="order"
        )


def check_raw(territory: date | None) -> None:
    """Refuse raw figures in a territory: they are made of protected ones."""
    if territory is not None:
        detail = "Figures in a territory are made of what everybody may see."
        raise Invalid(detail, parameter="territory", code="raw")


def check_territory(territory: date | None, since: object) -> None:
    """Refuse to tell what has changed in another territory: a sum changes with every part."""
    if territory is not None and since is not None:
        detail = "What has changed is told in the territory of each time only."
        raise Invalid(detail, parameter="updated_after", code="territory")


Form = Literal["json", "rows", "jsonl", "csv", "sdmx-csv", "jsonstat", "xlsx", "geojson"]
