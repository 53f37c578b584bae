"""The figures of an answer with the words to read them, as the statement gives them."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from services.contracts.indicators.dimensions import DimensionInBrief, Labels
from services.contracts.shared.base import Language
from services.indicators.deliveries.rules import attributes_of
from services.kit import writing

TOTAL = "_T"
"""The code of the total of a dimension, as SDMX writes it."""
_COLUMNS = ("indicator", "area", "period", "breakdown", "value", "status")


class Table:
    """Columns of figures; values are texts with the digits that were delivered, or None."""

    def __init__(self, body: str, lang: Language) -> None:
        """Read the answer of as_json.sql with its names; `lang` is that of all words."""
        given = json.loads(body + "}", parse_float=str, parse_int=str)
        self.lang = lang
        self.release = None if given["release"] is None else int(given["release"])
        self.released_at: str | None = given["released_at"]
        self.indicators: Mapping[str, Mapping[str, Any]] = given["indicators"]
        self.statuses: Mapping[str, Mapping[str, Any]] = given["statuses"]
        self.labels: Labels = {
            code: DimensionInBrief.model_validate(found)
            for code, found in given["dimensions"].items()
        }
        columns = given["columns"]
        self.indicator, self.area, self.period, self.breakdown, self.value, self.status = (
            columns[name] for name in _COLUMNS
        )
        self.reasons: Mapping[str, str] = given["reasons"]
        self.provisional = frozenset(map(int, given["provisional"]))
        self.basis: Mapping[str, Any] = given["basis"] or {}
        self.gone: frozenset[int] | None = (
            None if given["gone"] is None else frozenset(map(int, given["gone"]))
        )
        self.territory: str | None = given["territory"]
        self.estimated = frozenset(map(int, given["estimated"] or ()))
        self._areas: Mapping[str, Mapping[str, str]] = given["areas"]

    def __len__(self) -> int:
        return len(self.indicator)

    @cached_property
    def dimensions(self) -> Sequence[str]:
        """The codes of all dimensions by which figures are broken down, in order."""
        found = {code for one in set(self.breakdown) for code in attributes_of(one)}
        return sorted(found)

    @cached_property
    def attributes(self) -> Mapping[str, Mapping[str, str]]:
        """What each breakdown says of each dimension that it names."""
        return {one: attributes_of(one) for one in set(self.breakdown)}

    def name(self, area: str) -> str:
        """The name of an area."""
        return self.text(self._areas[area]) if area in self._areas else area

    def of_indicator(self, key: str, field: str) -> str:
        """A text of an indicator, such as its `name` or `unit`."""
        return self.text(self.indicators[key][field])

    def marker(self, status: str) -> str:
        """The sign that stands instead of a value (Wertzeichen)."""
        found: str = self.statuses[status]["marker"]
        return found

    def text(self, texts: Mapping[str, str]) -> str:
        """The text in the language of the answer, or else in German."""
        return writing.text(texts, self.lang)


def apart(name: str, taken: Sequence[str]) -> str:
    """The name, made different from the names that are taken."""
    while name in taken:
        name += "_"
    return name
