"""What a question for figures means: pure functions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from services.contracts.shared.problems import Fault
from services.indicators.breakdowns import canonical_breakdown
from services.indicators.periods import PeriodRefused, parse_period
from services.kit.problems import Invalid

MOST_KEYS = 500
MOST_FIGURES = 200_000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Which figures are asked for; None leaves a side open."""

    indicators: tuple[str, ...]
    areas: tuple[str, ...] | None
    level: str | None
    within: str | None
    start: date | None
    end: date | None
    breakdowns: tuple[str, ...] | None
    release: int | None


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


def breakdowns(text: str) -> tuple[str, ...]:
    """Breakdowns in the form in which they are stored: "GES:GESM,total" is ("GES=GESM", "").

    Parts of one breakdown are joined with ";" or "&"; variable and attribute with ":" or "=".
    """
    return tuple(_breakdown(part.strip()) for part in text.split(","))


def _breakdown(text: str) -> str:
    if text in ("", "total"):
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


def check_known(parameter: str, asked: Iterable[str], known: Iterable[str] | None) -> None:
    """Refuse a key that names nothing, or nothing to be seen."""
    for key in sorted(set(asked) - set(known or ())):
        raise refusal(parameter, "unknown", f"There is no {key!r} that you may see.")


def check_order(first: date | None, last: date | None) -> None:
    """Refuse a question whose end lies before its start."""
    if first is not None and last is not None and last < first:
        raise refusal("until", "order", "The last period ends before the first one begins.")


def refusal(parameter: str, code: str, detail: str) -> Invalid:
    """What is wrong with a parameter."""
    return Invalid(detail, faults=[Fault(parameter=parameter, code=code, detail=detail)])
