"""What a question for figures means: pure functions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

from services.contracts.indicators.territory import WeightKind
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.problems import Fault
from services.indicators.breakdowns import CODE, attributes_of, canonical_breakdown
from services.indicators.periods import PeriodRefused, parse_period
from services.kit.days import HERE
from services.kit.paging import decode
from services.kit.problems import Invalid

MOST_KEYS = 500
MOST_FIGURES = 200_000
MOST_DAYS = 1000
TOTAL = frozenset({"total", "_T"})
_WORDS = TOTAL | {"*"}
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
    named: tuple["Named", ...] = ()
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


class Named(NamedTuple):
    """A dimension that a parameter names, and the categories of it."""

    parameter: str
    dimension: str
    categories: tuple[str, ...]


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
        raise refusal(parameter, "too_many", f"At most {MOST_KEYS} keys at once.")
    for key in found:
        if not _KEY.fullmatch(key):
            raise refusal(parameter, "key", f"{key[:80]!r} is not a key.")
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
        raise refusal(parameter, "period", str(refused)) from None


def periods(text: str | None, last: int | None) -> Periods:
    """Periods such as "2023,2024", "latest", "latest,previous-year", or the `last` n."""
    words = [word.strip() for word in text.split(",")] if text is not None else []
    relative = {"latest", "previous-year"} & set(words)
    named = [word for word in words if word not in relative]
    if named and (relative or last is not None):
        raise refusal("period", "mixed", "Name periods or ask for relative ones, not both.")
    if named:
        found = [_period("period", word, parse_period) for word in dict.fromkeys(named)]
        return Periods(tuple(p.text for p in found), tuple({p.end: None for p in found}))
    if "latest" in relative and last is None:
        last = 1
    return Periods(newest=last, before="previous-year" in relative)


def breakdowns(text: str) -> tuple[str, ...]:
    """Breakdowns in the form in which they are stored: "GES:GESM,total" is ("GES=GESM", "").

    Parts of one breakdown are joined with ";" or "&"; variable and attribute with ":" or "=".
    """
    return tuple(_breakdown(part.strip()) for part in text.split(","))


def _breakdown(text: str) -> str:
    if not text or text in TOTAL:
        return ""
    attributes: dict[str, str] = {}
    for part in re.split("[;&]", text):
        code, _, attribute = part.replace("=", ":", 1).partition(":")
        if not attribute or code in attributes:
            raise refusal("breakdown", "breakdown", f"{text[:80]!r} is not like GES:GESM or total.")
        attributes[code] = attribute
    try:
        return canonical_breakdown(attributes)
    except ValueError as refused:
        raise refusal("breakdown", "breakdown", str(refused)) from None


def filters(given: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Filters such as ("c[GES]", "GESM,total"), each dimension once, in their order."""
    made: dict[str, Named] = {}
    for name, text in given:
        code = name[2:-1]
        if name[:2] != "c[" or name[-1] != "]" or not CODE.fullmatch(code) or code in made:
            raise refusal(name[:100], "dimension", "Write c[GES]=GESM,GESW, each dimension once.")
        words = tuple(word.strip() for word in text.split(","))
        if len(words) > MOST_KEYS:
            raise refusal(name, "too_many", f"At most {MOST_KEYS} categories at once.")
        for word in words:
            if word not in _WORDS and not CODE.fullmatch(word):
                raise refusal(name, "category", f"{word[:80]!r} is no code, `*` or `total`.")
        made[code] = Named(name, code, words)
    return tuple(made[code] for code in sorted(made))


def pattern(named: Sequence[Named]) -> str | None:
    """Which stored breakdowns fit the filters, as a pattern; None where there is no filter.

    `*` is every category of the dimension, `total` none of them. Dimensions that are not named
    may have any category or none.
    """
    made = (_category(re.escape(one.dimension), one.categories) for one in named)
    return "^" + "".join(made) if named else None


def _category(code: str, words: Sequence[str]) -> str:
    ways = []
    if TOTAL & set(words):
        ways.append(f"(?!(?:.*&)?{code}=)")
    if "*" in words:
        ways.append(f"(?=(?:.*&)?{code}=)")
    named = [word for word in words if word not in _WORDS]
    if named:
        several = "|".join(map(re.escape, named))
        ways.append(f"(?=(?:.*&)?{code}=(?:{several})(?:&|$))")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def statuses(text: str) -> tuple[str, ...]:
    """States of figures, separated by commas."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for status in found:
        if status not in _STATUSES:
            known = ", ".join(sorted(_STATUSES))
            raise refusal("status", "status", f"{status[:80]!r} is none of {known}.")
    return found


def state(parameter: str, text: str) -> tuple[int | None, datetime | None]:
    """A release by its number, or the moment whose newest release is meant.

    A day means its end in Germany; a moment without a zone is one in Germany.
    """
    if re.fullmatch(r"[0-9]{1,10}", text):
        number = int(text)
        if not (parameter != "as_of" or number) or number > 2**31 - 1:
            raise refusal(parameter, "number", "Releases are counted from 1.")
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
        raise refusal(
            parameter, "state", "Write the number of a release, a day or a moment (ISO 8601)."
        ) from None


def place(cursor: str) -> Place:
    """Where a cursor points."""
    try:
        indicator, area, period_end, period, breakdown = decode(cursor)
        return Place(indicator, area, date.fromisoformat(period_end), period, breakdown)
    except (ValueError, TypeError):
        raise refusal("cursor", "cursor", "This is not a cursor of this list.") from None


def check_known(parameter: str, asked: Iterable[str], known: Iterable[str] | None) -> None:
    """Refuse a key that names nothing, or nothing to be seen."""
    for key in sorted(set(asked) - set(known or ())):
        raise refusal(parameter, "unknown", f"There is no {key!r} that you may see.")


def check_answered(question: Question, found: Mapping[str, Any]) -> None:
    """Refuse what the statement found unknown: indicators, areas, levels, and releases to come."""
    check_known("indicator", question.indicators, found["indicators"])
    if question.areas is not None:
        check_known("area", question.areas, found["areas"])
    if question.level is not None and not found["level"]:
        raise refusal("level", "unknown", f"There is no area of the level {question.level!r}.")
    if question.within is not None and not found["within"]:
        raise refusal("within", "unknown", f"There is no {question.within!r} that you may see.")
    for parameter, number in (("as_of", question.release), ("updated_after", question.since)):
        if number is not None and number > found["release"]:
            raise refusal(parameter, "unknown", f"There is no release {number} yet.")
    if question.moment is not None and found["pinned"] is None:
        raise refusal("as_of", "unknown", "There was no release yet.")


def named_in(breakdowns: Iterable[str]) -> tuple[Named, ...]:
    """The codes that these breakdowns name."""
    pairs = {pair for text in breakdowns for pair in attributes_of(text).items()}
    return tuple(Named("breakdown", code, (category,)) for code, category in sorted(pairs))


def codes_of(
    breakdowns: Iterable[str], labels: Mapping[str, Mapping[str, Any]]
) -> dict[str, frozenset[str]]:
    """By dimension, the categories of these breakdowns and of the code lists."""
    found = {
        code: {attribute["code"] for attribute in listed["attributes"]}
        for code, listed in labels.items()
    }
    for text in breakdowns:
        for code, category in attributes_of(text).items():
            found.setdefault(code, set()).add(category)
    return {code: frozenset(categories) for code, categories in found.items()}


def why_unknown(named: Iterable[Named], known: Mapping[str, frozenset[str]]) -> Invalid | None:
    """The refusal of dimensions and categories that no code list and no figure has."""
    for one in named:
        if one.dimension not in known:
            detail = f"There is no dimension {one.dimension!r} of these indicators."
            return refusal(one.parameter, "unknown", detail)
        for category in sorted(set(one.categories) - _WORDS - known[one.dimension]):
            detail = f"The dimension {one.dimension} has no category {category!r}."
            return refusal(one.parameter, "unknown", detail)
    return None


def check_order(first: date | None, last: date | None) -> None:
    """Refuse a question whose end lies before its start."""
    if first is not None and last is not None and last < first:
        raise refusal("until", "order", "The last period ends before the first one begins.")


def check_raw(territory: date | None) -> None:
    """Refuse raw figures in a territory: they are made of protected ones."""
    if territory is not None:
        detail = "Figures in a territory are made of what everybody may see."
        raise refusal("territory", "raw", detail)


def check_territory(territory: date | None, since: object) -> None:
    """Refuse to tell what has changed in another territory: a sum changes with every part."""
    if territory is not None and since is not None:
        detail = "What has changed is told in the territory of each time only."
        raise refusal("updated_after", "territory", detail)


def refusal(parameter: str, code: str, detail: str) -> Invalid:
    """What is wrong with a parameter."""
    return Invalid(detail, faults=[Fault(parameter=parameter, code=code, detail=detail)])


Form = Literal["json", "rows", "jsonl", "csv", "sdmx-csv", "jsonstat", "xlsx", "geojson"]
