"""Which counts contradict those among whom they are counted: pure functions.

Nobody is counted as something who is not counted. A result is at most those who entered until then,
by gender: the Commission refuses anything else (SFC2021, transmission of data, table 10, rule of
1 July 2025). The employment status makes the total (Annex I of Regulation (EU) 2021/1057).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.contracts.projects.esf import EsfCode
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict
from services.projects.participation.rules import (
    GENDERS,
    STATUS,
    WHOLE,
    Counts,
    Place,
    left_of,
    values_of,
)
from services.projects.span_cuts.rules import Dated, covers, until


class Contradiction(NamedTuple):
    """Codes that do not fit the one among which they are counted."""

    codes: tuple[EsfCode, ...]
    among: EsfCode
    until: date
    gender: str

    @property
    def said(self) -> str:
        """In words, without a number: what is entered is not read by everybody who publishes."""
        codes = " and ".join(self.codes)
        if self.codes == STATUS:
            return f"{codes} do not make {self.among} until {self.until} ({self.gender})."
        return f"More are {codes} than {self.among} until {self.until} ({self.gender})."


def check(counts: Counts) -> None:
    """Refuse (409) counts that contradict one another, and results without those who took part."""
    faults = [
        Fault(pointer="", code="more_than_there_are", detail=one.said)
        for one in contradictions(counts)
    ]
    faults += [
        Fault(pointer="", code="nobody_counted", detail=f"{code} is told, {WHOLE} is not.")
        for code in uncounted(counts)
    ]
    if faults:
        raise Conflict("The counts contradict one another; nothing was published.", faults=faults)


def contradictions(counts: Counts) -> list[Contradiction]:
    """What cannot be; what is not known contradicts nothing. Of codes together that are too many it
    is told only where none of them is too many alone."""
    values = values_of(counts)
    found = {
        (one.among, one.until, one.gender, one.codes[0].is_output): one
        for one in (*_of_results(counts, values), *reversed([*_of_outputs(values)]))
    }
    return sorted(found.values())


def uncounted(counts: Counts) -> list[EsfCode]:
    """Results of people of whom nobody has said how many took part."""
    told = {place.code for place in values_of(counts)}
    return [] if WHOLE in told else sorted(code for code in told if not code.is_output)


def _of_outputs(values: Mapping[Place, int]) -> Iterator[Contradiction]:
    for place, count in values.items():
        if place.span is None or place.rest or place.gender not in GENDERS:
            continue
        for codes in left_of(place.code):
            parts = [values.get(place._replace(code=code)) for code in codes]
            its = sum(part for part in parts if part is not None)
            if None not in parts and (its > count or (codes == STATUS and its != count)):
                yield Contradiction(codes, place.code, place.span[1], place.gender)


def _of_results(counts: Counts, values: Mapping[Place, int]) -> Iterator[Contradiction]:
    for gender in GENDERS:
        spans: dict[EsfCode, set[Dated]] = {}
        for place in values:
            if place.gender == gender and place.span is not None and not place.rest:
                spans.setdefault(place.code, set()).add(place.span)
        for code in sorted(code for code in spans if not code.is_output):
            for entered, left in until(spans.get(WHOLE, set()), spans[code]).items():
                many = sum(values[Place(span, code, gender)] for span in left)
                if many > sum(
                    values[Place(span, WHOLE, gender)] for span in entered
                ) and not _more_entered(counts, entered, left):
                    yield Contradiction((code,), WHOLE, left[-1][1], gender)


def _more_entered(counts: Counts, entered: Sequence[Dated], left: Sequence[Dated]) -> bool:
    """May more have entered than it is known how many? Something is told of days of which that is
    not known. After the last known entry only what is told of who enters says so: results come
    when nobody enters any more."""
    known = entered[-1][1]
    for span, code in counts:
        if span is not None:
            last = min(span[1], max(known, left[-1][1]) if code.is_output else known)
            if span[0] <= last and not covers(entered, (span[0], last)):
                return True
    return False
