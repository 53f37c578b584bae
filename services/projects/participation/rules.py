"""Counts of who takes part and what follows from them: pure functions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participants import ParticipantGender
from services.contracts.projects.participation import PERSONAL, Cell, CellState, ParticipationRow
from services.projects.suppression.rules import Sum

Span = tuple[date, date] | None
"""First and last day; None is over all spans."""
TOTAL = "total"
GENDERS = tuple(gender.value for gender in ParticipantGender)
WHOLE = EsfCode.EECO01
STATUS = (EsfCode.EECO02, EsfCode.EECO04, EsfCode.EECO05)
_EDUCATION = (EsfCode.EECO09, EsfCode.EECO10, EsfCode.EECO11)
_AGE = (EsfCode.EECO06, EsfCode.EECO07, EsfCode.EECO08)
"""Who is 30 to 54 years old is told by no code, and by what these leave."""


class Place(NamedTuple):
    """A cell of the table; `rest`: what these leave of the code, which is never shown."""

    span: Span
    code: EsfCode
    gender: str
    rest: tuple[EsfCode, ...] = ()


Counts = Mapping[tuple[Span, EsfCode], Mapping[str, int | None]]
"""Women, men and non-binary by span and code, as far as they are known."""


def rows(counts: Counts, hidden: Collection[Place]) -> list[ParticipationRow]:
    """The table with its totals, without what is hidden."""
    values = values_of(counts)
    named = sorted(
        {(place.span, place.code) for place in values if not place.rest} | set(_asked(counts)),
        key=lambda one: (one[1], one[0] is None, one[0] or ()),
    )
    return [_shown(span, code, values, hidden) for span, code in named]


def _asked(counts: Counts) -> list[tuple[Span, EsfCode]]:
    return [*counts, *((None, code) for _, code in counts)]


def values_of(counts: Counts) -> dict[Place, int]:
    """Every count that is known or follows, also what a code leaves of a larger one."""
    given: dict[tuple[Span, EsfCode], dict[str, int | None]] = {
        key: {gender: by.get(gender) for gender in GENDERS} for key, by in counts.items()
    }
    for span in {span for span, _ in given}:
        parts = [given.get((span, code)) for code in STATUS]
        if (span, WHOLE) not in given and all(part is not None for part in parts):
            given[span, WHOLE] = {g: _sum([p[g] for p in parts if p]) for g in GENDERS}
    spans: dict[EsfCode, list[Span]] = defaultdict(list)
    for span, code in given:
        spans[code].append(span)
    for code, its in spans.items():
        given[None, code] = {g: _sum([given[span, code][g] for span in its]) for g in GENDERS}
    values: dict[Place, int] = {}
    for (span, code), by in given.items():
        for gender, count in {**by, TOTAL: _sum(list(by.values()))}.items():
            if count is not None:
                values[Place(span, code, gender)] = count
    return values | _rests(values)


def _rests(values: Mapping[Place, int]) -> dict[Place, int]:
    """What codes leave of a larger one tells as much: 99 of 100 tell about the one."""
    found = {}
    for place, count in values.items():
        for codes in left_of(place.code):
            parts = [values.get(place._replace(code=code)) for code in codes]
            known = sum(part for part in parts if part is not None)
            if None not in parts and known <= count:
                found[place._replace(rest=codes)] = count - known
    return found


def left_of(code: EsfCode) -> Iterator[tuple[EsfCode, ...]]:
    """The codes, or codes that nobody has two of, that leave something of a larger one."""
    if code is EsfCode.EECO02:
        yield (EsfCode.EECO03,)
    if code is WHOLE:
        yield from ((one,) for one in sorted(PERSONAL - {WHOLE}) if one.is_output)
        for family in (STATUS, _EDUCATION, _AGE):
            yield from combinations(family, 2)
            yield family


def sums_of(values: Mapping[Place, int]) -> list[Sum[Place]]:
    """What adds up to what."""
    sums = []
    dated = sorted({place.span for place in values if place.span is not None})
    for place in values:
        if place.rest:
            whole = place._replace(rest=())
            sums.append(Sum(whole, (*(whole._replace(code=code) for code in place.rest), place)))
            continue
        if place.gender == TOTAL:
            sums.append(Sum(place, tuple(place._replace(gender=g) for g in GENDERS)))
        if place.span is None:
            its = [place._replace(span=span) for span in dated]
            sums.append(Sum(place, tuple(one for one in its if one in values)))
        if place.code is WHOLE:
            for parts in (STATUS, _EDUCATION):
                sums.append(Sum(place, tuple(place._replace(code=code) for code in parts)))
    return [one for one in sums if _holds(one, values)]


def _holds(one: Sum[Place], values: Mapping[Place, int]) -> bool:
    known = [values.get(part) for part in one.parts]
    return None not in known and sum(n for n in known if n is not None) == values[one.total]


def preferred(place: Place) -> tuple[bool, int, bool, str, str]:
    """What is hidden besides: the newest first, which nobody has read yet; parts before totals."""
    newest = 0 if place.span is None else -place.span[1].toordinal()
    return place.span is not None, newest, place.gender == TOTAL, place.code, place.gender


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _shown(
    span: Span, code: EsfCode, values: Mapping[Place, int], away: Collection[Place]
) -> ParticipationRow:
    def cell(gender: str) -> Cell:
        place = Place(span, code, gender)
        if place not in values:
            return Cell(value=None, state=CellState.unknown)
        if place in away:
            return Cell(value=None, state=CellState.hidden)
        return Cell(value=values[place], state=CellState.shown)

    return ParticipationRow(
        code=code,
        starts_on=span[0] if span else None,
        ends_on=span[1] if span else None,
        women=cell("women"),
        men=cell("men"),
        non_binary=cell("non_binary"),
        total=cell(TOTAL),
    )
