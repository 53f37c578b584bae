"""How a binding is written: pure functions.

    {{indicator:sgb2-quote/lobeda-west@release; period=2024}}
    {{table:sgb2-quote/lobeda-west,winzerla@release; last=3}}
    {{chart:sgb2-quote; level=stadtbezirk; kind=ranking}}
    {{recommendations:body=planungsbeirat; state=open; since=last}}

The kind, then of figures the indicators, areas and release, then what is asked for, parted by `;`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from services.contracts.boards.recommendations import RecommendationState
from services.contracts.boards.report_editions import BindingKind
from services.contracts.boards.resolutions import ResolutionKind, ResolutionState
from services.contracts.boards.statements import Position
from services.contracts.indicators.findings import FindingState
from services.contracts.indicators.needs import Severity
from services.contracts.projects.measures import MeasureState
from services.contracts.shared.threads import ThreadGapKind

LAST = "last"
"""Since the last edition that was published."""
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PERIOD = re.compile(r"[0-9]{4}(-[0-9A-Z]{1,5}){0,2}(/P1Y)?")
_BREAKDOWN = re.compile(r"[0-9A-Za-z_]+:[0-9A-Za-z_.\-]+")
_RELEASE = re.compile(r"release|[1-9][0-9]{0,8}")
_COUNT = re.compile(r"[1-9][0-9]{0,5}")
_MOST_AREAS, _MOST_INDICATORS = 60, 8


class Miswritten(ValueError):
    """What is wrong with a binding, in a word and for a person."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Unresolved(Miswritten):
    """Why there is nothing to be bound in: raised while a report is put together."""


@dataclass(frozen=True)
class Binding:
    """What stands between the braces, understood; `release` is None for that of the report."""

    kind: BindingKind
    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    release: int | None = None
    asked: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str | None:
        return dict(self.asked).get(name)

    @property
    def inline(self) -> bool:
        """Whether it stands in a sentence; everything else is a paragraph of its own."""
        return self.kind is BindingKind.indicator

    @property
    def wording(self) -> str:
        """One written form for what means the same."""
        parts = [f"{name}={value}" for name, value in sorted(self.asked)]
        if self.indicators:
            areas = f"/{','.join(self.areas)}" if self.areas else ""
            release = "release" if self.release is None else self.release
            parts.insert(0, f"{','.join(self.indicators)}{areas}@{release}")
        return f"{self.kind}:{'; '.join(parts)}" if parts else str(self.kind)


def _matches(pattern: re.Pattern[str], what: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.fullmatch(text) else f"{what} is expected."


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: None if text in words else f"One of {', '.join(words)} is expected."


def _number(most: int) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        fits = _COUNT.fullmatch(text) is not None and int(text) <= most
        return None if fits else f"A number from 1 to {most} is expected."

    return check


def _since(text: str) -> str | None:
    try:
        date.fromisoformat(text if text != LAST else "2000-01-01")
    except ValueError:
        return "A day such as 2026-01-31, or `last`, is expected."
    return None


Check = Callable[[str], str | None]
_A_KEY, _A_PERIOD = _matches(_KEY, "A key"), _matches(_PERIOD, "A period such as 2024")
_OF_AREAS: Mapping[str, Check] = {
    "level": _A_KEY,
    "within": _A_KEY,
    "period": _A_PERIOD,
    "breakdown": _matches(_BREAKDOWN, "One category such as GES:GESW"),
}
_OF_MEASURES: Mapping[str, Check] = {
    "measure": _A_KEY,
    "strategy": _A_KEY,
    "project": _A_KEY,
    "area": _A_KEY,
}
_TAKES: Mapping[BindingKind, Mapping[str, Check]] = {
    BindingKind.indicator: {
        "period": _A_PERIOD,
        "breakdown": _OF_AREAS["breakdown"],
    },
    BindingKind.table: {**_OF_AREAS, "last": _number(12)},
    BindingKind.chart: {
        **_OF_AREAS,
        "kind": _one_of("time-series", "ranking"),
        "periods": _number(24),
    },
    BindingKind.map: _OF_AREAS,
    BindingKind.findings: {
        "area": _A_KEY,
        "level": _A_KEY,
        "topic": _A_KEY,
        "severity": _one_of(*Severity),
        "state": _one_of(*FindingState),
    },
    BindingKind.recommendations: {
        "key": _A_KEY,
        "body": _A_KEY,
        "addressed_to": _A_KEY,
        "state": _one_of(*RecommendationState),
        "since": _since,
    },
    BindingKind.resolutions: {
        "key": _A_KEY,
        "body": _A_KEY,
        "strategy": _A_KEY,
        "kind": _one_of(*ResolutionKind),
        "state": _one_of(*ResolutionState),
        "since": _since,
    },
    BindingKind.measures: {
        "strategy": _A_KEY,
        "project": _A_KEY,
        "area": _A_KEY,
        "state": _one_of(*MeasureState),
        "since": _since,
    },
    BindingKind.targets: _OF_MEASURES,
    BindingKind.effects: _OF_MEASURES,
    BindingKind.releases: {"since": _since},
    BindingKind.statements: {"process": _A_KEY, "position": _one_of(*Position)},
    BindingKind.gaps: {"kind": _one_of(*ThreadGapKind), "responsible": _A_KEY},
    BindingKind.evidence: {"recommendation": _A_KEY, "resolution": _A_KEY},
}
_OF_FIGURES = frozenset(
    {BindingKind.indicator, BindingKind.table, BindingKind.chart, BindingKind.map}
)


def binding(text: str) -> Binding:
    """What stands between two braces; raises Miswritten."""
    name, _, rest = (part.strip() for part in text.partition(":"))
    if name not in set(BindingKind):
        known = ", ".join(BindingKind)
        raise Miswritten("unknown-binding", f"{name[:40]!r} is none of {known}.")
    kind = BindingKind(name)
    parts = [part.strip() for part in rest.split(";")] if rest else []
    subject = parts.pop(0) if parts and kind in _OF_FIGURES else ""
    asked = _asked(kind, parts)
    if kind not in _OF_FIGURES:
        if kind is BindingKind.evidence and len(asked) != 1:
            raise Miswritten("subject", "Name one recommendation or one resolution.")
        if kind is BindingKind.statements and "process" not in dict(asked):
            raise Miswritten("subject", "Name the process that they are stated in.")
        return Binding(kind, asked=asked)
    indicators, areas, release = _subject(subject)
    found = Binding(kind, indicators, areas, release, asked)
    _check_figures(found)
    return found


def _asked(kind: BindingKind, parts: list[str]) -> tuple[tuple[str, str], ...]:
    takes, asked = _TAKES[kind], dict[str, str]()
    for part in parts:
        name, given, value = (piece.strip() for piece in part.partition("="))
        if not given or name not in takes:
            expected = ", ".join(takes)
            raise Miswritten("parameter", f"{part[:60]!r}: {kind} takes {expected}.")
        if name in asked:
            raise Miswritten("parameter", f"{name!r} is asked twice.")
        if wrong := takes[name](value):
            raise Miswritten("parameter", f"{name!r}: {wrong}")
        asked[name] = value
    return tuple(sorted(asked.items()))


def _subject(text: str) -> tuple[tuple[str, ...], tuple[str, ...], int | None]:
    of, at, release = (part.strip() for part in text.partition("@"))
    if at and not _RELEASE.fullmatch(release):
        raise Miswritten("release", "After @ the word `release` or a number is expected.")
    first, slash, second = (part.strip() for part in of.partition("/"))
    indicators, areas = _keys(first), _keys(second) if slash else ()
    if len(indicators) > _MOST_INDICATORS or len(areas) > _MOST_AREAS:
        detail = f"{_MOST_INDICATORS} indicators and {_MOST_AREAS} areas are the most."
        raise Miswritten("too-many", detail)
    return indicators, areas, None if release in ("", "release") else int(release)


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(","))
    if not all(_KEY.fullmatch(key) for key in keys) or len(set(keys)) < len(keys):
        raise Miswritten("subject", "Keys as in `sgb2-quote/lobeda-west` are expected, each once.")
    return keys


def _check_figures(found: Binding) -> None:
    """Refuse what its kind cannot show."""
    if found.kind is BindingKind.indicator and len(found.areas) != 1:
        raise Miswritten("subject", "A figure is of one indicator and one area.")
    if found.kind is not BindingKind.table and len(found.indicators) != 1:
        raise Miswritten("subject", f"A {found.kind} is of one indicator.")
    if found.kind is BindingKind.map and found.areas:
        raise Miswritten("subject", "A map is of a level, not of single areas.")
    if found.kind is BindingKind.table:
        if not found.areas and found["level"] is None:
            raise Miswritten("subject", "A table needs areas or a level.")
        if len(found.indicators) > 1 and found["last"] is not None:
            raise Miswritten("parameter", "A table of several indicators has one period.")
    if found["period"] is not None and (found["last"] or found["periods"]):
        raise Miswritten("parameter", "Ask for a period or for the last ones.")
