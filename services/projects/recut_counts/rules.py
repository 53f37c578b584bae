"""What counts tell together that are cut into other spans: pure functions.

Of several codes of one edition, and of one code in two editions: the halves are added to a year,
and a year less its first half is the second, though none of them is shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

from services.contracts.projects.esf import EsfCode
from services.projects.participation.rules import WHOLE, Place, left_of
from services.projects.span_cuts.rules import Dated, otherwise, together, until, within
from services.projects.suppression.rules import Sum

Values = Mapping[Place, int]
SEARCHING_OR_WORKING = (EsfCode.EECR01, EsfCode.EECR04)
"""Upon leaving nobody counts as both: the last of four weeks counts (SFC, immediate results)."""


class At(NamedTuple):
    """A place in an edition, by its number."""

    edition: int
    place: Place


@dataclass
class Recut:
    """What an edition tells besides: times that are no span of it, and how they follow."""

    values: dict[Place, int] = field(default_factory=dict)
    sums: list[Sum[Place]] = field(default_factory=list)

    def add(self, values: Values, time: Place, parts: Sequence[Dated]) -> int:
        """A time made of these spans; the count of it."""
        its = tuple(time._replace(span=span) for span in parts)
        count = sum(values[one] for one in its)
        if time not in values and time not in self.values:
            self.values[time] = count
            self.sums.append(Sum(time, its))
        return count


def recut(every: Sequence[Values]) -> tuple[list[Recut], list[tuple[At, At]]]:
    """What each edition tells besides, and the places of which one lies in the time of the other:
    the longer time before the shorter."""
    found = [Recut() for _ in every]
    spans = [_spans(values) for values in every]
    for number, values in enumerate(every):
        _of_codes(values, spans[number], found[number])
        _of_results(values, spans[number], found[number])
    inside: list[tuple[At, At]] = []
    for code, gender in {key for its in spans for key in its}:
        cut = [its.get((code, gender), set()) for its in spans]
        for number, times in enumerate(otherwise(cut)):
            for time, parts in times.items():
                found[number].add(every[number], Place(time, code, gender), parts)
        for one, other in permutations(range(len(every)), 2):
            for parts, its in within(cut[one], cut[other]):
                pair = []
                for number, made in ((one, parts), (other, its)):
                    place = Place((made[0][0], made[-1][1]), code, gender)
                    found[number].add(every[number], place, made)
                    pair.append(At(number, place))
                inside.append((pair[0], pair[1]))
    return found, inside


def _spans(values: Values) -> Mapping[tuple[EsfCode, str], set[Dated]]:
    spans: dict[tuple[EsfCode, str], set[Dated]] = defaultdict(set)
    for span, code, gender, rest in values:
        if span is not None and not rest:
            spans[code, gender].add(span)
    return spans


def _of_codes(
    values: Values, spans: Mapping[tuple[EsfCode, str], set[Dated]], found: Recut
) -> None:
    """What codes leave of a larger one over a time that they tell in other spans."""
    for whole, gender in spans:
        for codes in left_of(whole):
            if all((code, gender) in spans for code in codes):
                for all_, *its in together([spans[code, gender] for code in (whole, *codes)]):
                    _leave(values, found, (whole, *codes), gender, (all_, *its))


def _of_results(
    values: Values, spans: Mapping[tuple[EsfCode, str], set[Dated]], found: Recut
) -> None:
    """Who of those who entered until a day had no result until then."""
    for whole, gender in spans:
        if whole is not WHOLE:
            continue
        left = {
            code: until(spans[whole, gender], its)
            for (code, of), its in spans.items()
            if of == gender and not code.is_output
        }
        for codes in (*((code,) for code in left), SEARCHING_OR_WORKING):
            if all(code in left for code in codes):
                for entered in set.intersection(*(set(left[code]) for code in codes)):
                    its = [left[code][entered] for code in codes]
                    _leave(values, found, (whole, *codes), gender, (entered, *its))


def _leave(
    values: Values,
    found: Recut,
    codes: Sequence[EsfCode],
    gender: str,
    times: Sequence[Sequence[Dated]],
) -> None:
    """What the other codes leave of the first, each over its spans."""
    places = [
        Place((its[0][0], its[-1][1]), code, gender) for code, its in zip(codes, times, strict=True)
    ]
    many, *others = [
        found.add(values, place, its) for place, its in zip(places, times, strict=True)
    ]
    if many >= sum(others):
        rest = places[0]._replace(rest=tuple(codes[1:]))
        found.values[rest] = many - sum(others)
        found.sums.append(Sum(places[0], (*places[1:], rest)))
