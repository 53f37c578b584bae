"""Times that one edition tells in other spans than another: pure functions.

Whoever keeps both adds the halves and subtracts the year. So such a time is a count of both, though
neither shows it, and so is what a time leaves of a longer one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import combinations

Dated = tuple[date, date]
Cuts = Mapping[Dated, tuple[Dated, ...]]
_DAY = timedelta(days=1)


def otherwise(editions: Sequence[Set[Dated]]) -> list[dict[Dated, tuple[Dated, ...]]]:
    """By edition the times that another cuts otherwise, with the spans that make them up.

    The shortest only: what is made of two such times is made of their spans.
    """
    found: list[dict[Dated, tuple[Dated, ...]]] = [{} for _ in editions]
    if all(spans == editions[0] for spans in editions):
        return found
    cuts = [_cuts(spans) for spans in editions]
    for one, other in combinations(range(len(editions)), 2):
        if editions[one] == editions[other]:
            continue
        for time in cuts[one].keys() & cuts[other].keys():
            parts = cuts[one][time], cuts[other][time]
            if not _ends(parts[0]) & _ends(parts[1]):
                for place, its in zip((one, other), parts, strict=True):
                    if len(its) > 1:
                        found[place][time] = its
    return found


def together(each: Sequence[Set[Dated]]) -> Iterator[list[tuple[Dated, ...]]]:
    """The shortest times that all of them tell and not all as one span, with the spans that make
    them up."""
    if all(spans == each[0] for spans in each):
        return
    cuts = [_cuts(spans) for spans in each]
    for time in set.intersection(*(set(one) for one in cuts)):
        parts = [one[time] for one in cuts]
        common = set.intersection(*(_ends(its) for its in parts))
        if not common and any(len(its) > 1 for its in parts):
            yield parts


def until(entered: Set[Dated], left: Set[Dated]) -> dict[tuple[Dated, ...], tuple[Dated, ...]]:
    """The spans of those who entered, until the first end that is not before an end of those who
    left, and the spans of those who left until then.

    Where entering ends before leaving does, all who entered.
    """
    came, found = sorted(entered), {}
    went = sorted(left)
    for number, (_, last) in enumerate(went if came else (), start=1):
        ends = next((at for at, span in enumerate(came, start=1) if span[1] >= last), len(came))
        found[tuple(came[:ends])] = tuple(went[:number])
    return found


def covers(spans: Iterable[Dated], time: Dated) -> bool:
    """Do the spans leave no day of the time out?"""
    day = time[0]
    for first, last in sorted(spans):
        if first > day:
            break
        day = max(day, last + _DAY)
    return day > time[1]


def within(
    large: Set[Dated], small: Set[Dated]
) -> Iterator[tuple[tuple[Dated, ...], tuple[Dated, ...]]]:
    """The times of one edition with those of another that lie in them and end where they are not
    cut: the spans that make up each.

    Who keeps both knows what the rest came to: a count until June and one until July tell of July.
    """
    if large == small:
        return
    smaller = _cuts(small)
    for (begins, ends), parts in _cuts(large).items():
        outer = {begins - _DAY, ends}
        for (first, last), its in smaller.items():
            if begins <= first and last <= ends:
                common = {first - _DAY, last, *_ends(its)} & {*outer, *_ends(parts)}
                if common < outer:
                    yield parts, its


def _cuts(spans: Set[Dated]) -> Cuts:
    """Every time that spans make up without a gap."""
    after: dict[date, list[Dated]] = defaultdict(list)
    for span in spans:
        after[span[0]].append(span)
    found: dict[Dated, tuple[Dated, ...]] = {}
    waiting: list[tuple[Dated, ...]] = [(span,) for span in spans]
    while waiting:
        parts = waiting.pop()
        found.setdefault((parts[0][0], parts[-1][1]), parts)
        waiting += [(*parts, span) for span in after[parts[-1][1] + _DAY]]
    return found


def _ends(parts: tuple[Dated, ...]) -> set[date]:
    """Where a time is cut within."""
    return {span[1] for span in parts[:-1]}
