"""What counts tell together that are cut into other spans: pure functions.

Of two codes of one edition, and of one code in two editions: the halves are added to a year, and a
year less its first half is the second, though none of them is shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

from services.contracts.projects.esf import EsfCode
from services.projects.participation.rules import Place, left_of
from services.projects.span_cuts.rules import Dated, otherwise, within
from services.projects.suppression.rules import Sum

Values = Mapping[Place, int]


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
    """What a code leaves of a larger one over a time that both tell in other spans."""
    for (whole, gender), its in spans.items():
        for codes in left_of(whole):
            others = spans.get((codes[0], gender))
            if len(codes) > 1 or others is None:
                continue
            larger, smaller = otherwise([its, others])
            for time in larger.keys() | smaller.keys():
                all_, part = Place(time, whole, gender), Place(time, codes[0], gender)
                left = found.add(values, all_, larger.get(time, (time,))) - found.add(
                    values, part, smaller.get(time, (time,))
                )
                if left >= 0:
                    rest = all_._replace(rest=codes)
                    found.values[rest] = left
                    found.sums.append(Sum(all_, (part, rest)))
