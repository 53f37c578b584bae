"""What stands in the columns of a table nobody has described: seen from a sample of its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.cells import MARKERS
from services.indicators.deliveries.formats.mapped import period_of

_NUMBER = re.compile(
    r"\(?[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:[.,  ][0-9]{3}){1,4})(?:[.,][0-9]{1,20})?\)?(?: ?[prs])?"
)
_KEY_NAME = re.compile(
    r"(?:^|[_ .\-])(?:id|nr|nummer|no|code|key|kennziffer|kennung|schl(?:ü|ue)ssel|ags|ars|rs|gkz|"
    r"nuts[0-9]?|plr_?id|raumid)(?:$|[_ .\-0-9])",
    re.IGNORECASE,
)
_AREA_NAME = re.compile(
    r"gebiet|bezirk|kreis|gemeinde|raum|ortsteil|stadtteil|quartier|viertel|block|region|area|"
    r"planning|land$|stadt|ort$|wahl|sprengel|plr|bzr|lor",
    re.IGNORECASE,
)
_LABEL_NAME = re.compile(r"name|bezeichnung|label|text|titel", re.IGNORECASE)
_PERIOD_NAME = re.compile(
    r"^(?:berichts)?(?:jahr|year|zeit|zeitraum|zeitpunkt|period|periode|datum|date|stichtag|quartal|"
    r"quarter|monat|month|schuljahr|time|time_period|stand)\b",
    re.IGNORECASE,
)
_MEASURE_NAME = re.compile(
    r"^(?:sachmerkmal|merkmal|indikator|indicator|kennzahl|kennwert|variable|measure|statistik|"
    r"wert_?merkmal_?label)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """One column of the sample: its heading and its cells without outer blanks."""

    at: int
    name: str
    cells: Sequence[str]

    @cached_property
    def filled(self) -> list[str]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell]

    @cached_property
    def different(self) -> int:
        """How many different texts there are."""
        return len(set(self.filled))

    @cached_property
    def heads_a_period(self) -> bool:
        """Is the heading a period?"""
        return period_of(self.name) is not None

    @cached_property
    def holds_numbers(self) -> bool:
        """Is every cell a number or a sign that stands for one?"""
        return bool(self.filled) and all(_is_figure(cell) for cell in self.filled)

    @cached_property
    def holds_periods(self) -> bool:
        """Is every cell a period, and does the heading say so (or is it more than a number)?"""
        if len(self.filled) < len(self.cells) or not self.filled:
            return False
        if not (self.is_named_period or any(not cell.isdecimal() for cell in self.filled)):
            return False
        return all(period_of(cell) is not None for cell in set(self.filled))

    @property
    def is_named_period(self) -> bool:
        """Does the heading speak of time?"""
        return _PERIOD_NAME.search(self.name) is not None

    @cached_property
    def holds_codes(self) -> bool:
        """Is every cell a code?"""
        filled = len(self.filled) == len(self.cells)
        return filled and all(CODE.fullmatch(cell) for cell in self.filled)

    @property
    def is_named_key(self) -> bool:
        """Does the heading speak of a key or number?"""
        return _KEY_NAME.search(self.name) is not None

    @property
    def is_named_area(self) -> bool:
        """Does the heading speak of areas?"""
        return _AREA_NAME.search(self.name) is not None

    @property
    def is_named_label(self) -> bool:
        """Does the heading speak of a name?"""
        return _LABEL_NAME.search(self.name) is not None

    @property
    def is_named_measure(self) -> bool:
        """Does the heading speak of what is counted?"""
        return _MEASURE_NAME.search(self.name) is not None

    @cached_property
    def digits(self) -> int | None:
        """The length of official keys some of which have lost their leading zero."""
        lengths = {len(cell) for cell in self.filled}
        longest = max(lengths, default=0)
        lost = lengths == {longest, longest - 1} and longest in (2, 5, 8, 9, 12)
        return longest if lost and all(cell.isdecimal() for cell in self.filled) else None


def _is_figure(cell: str) -> bool:
    return cell in MARKERS or _NUMBER.fullmatch(cell) is not None


def names_of(header: Sequence[str]) -> list[str]:
    """Headings that tell all columns apart: one without a heading is named by its place."""
    found: list[str] = []
    for n, name in enumerate(header, start=1):
        name = name.strip()[:300] or f"column {n}"
        found.append(f"{name} ({n})" if name in found else name)
    return found
