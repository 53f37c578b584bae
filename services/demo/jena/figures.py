"""Figures of Jena, typed in one by one from published tables (Einzelwerte mit Quelle)."""

from services.contracts.indicators.catalogue import NewIndicator, Source
from services.contracts.indicators.protection import ProtectionRule
from services.demo import regional
from services.demo.figures import Table, Value, series
from services.demo.indicators import INDICATORS as COMMON
from services.demo.texts import texts

_CITY = Source(publisher="Stadt Jena", table="Privathaushalte nach statistischen Bezirken")
_THREE = ProtectionRule(minimum=3, reason="§ 16 BStatG: Ein oder zwei Menschen wären zu erkennen.")
_UNIT = texts("Haushalte", "households", "famiglie")

INDICATORS = [
    *COMMON,
    NewIndicator(
        key="privathaushalte",
        name=texts("Privathaushalte", "Private households"),
        unit=_UNIT,
        kind="count",
        topic="haushalte-familien",
        source=_CITY,
        protection=_THREE,
    ),
    NewIndicator(
        key="einpersonenhaushalte",
        name=texts("Einpersonenhaushalte", "One-person households"),
        unit=_UNIT,
        kind="count",
        topic="haushalte-familien",
        source=_CITY,
        protection=_THREE,
    ),
]

_HOUSEHOLDS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "jena": ((60_427, 61_012), (31_171, 31_481)),
    "jena-zentrum": ((3_560, 3_639), (2_454, 2_501)),
    "jena-west": ((5_302, 5_340), (3_013, 3_050)),
    "jena-nord": ((6_176, 6_185), (3_671, 3_635)),
    "jena-sued": ((5_093, 5_229), (2_886, 2_941)),
    "lobeda-altstadt": ((796, 802), (297, 298)),
    "lobeda-west": ((5_525, 5_623), (2_861, 2_903)),
    "lobeda-ost": ((3_676, 3_697), (2_064, 2_093)),
    "statbez-winzerla": ((6_550, 6_483), (3_585, 3_576)),
}
"""All and one-person households on 2015-12-31 and 2016-12-31."""
_DAYS = ("2015-12-31", "2016-12-31")


def _households(which: int) -> dict[tuple[str, str], Value]:
    return {
        (area, day): values[which][number]
        for area, values in _HOUSEHOLDS.items()
        for number, day in enumerate(_DAYS)
    }


TABLES = [
    *regional.tables(["deutschland", "thueringen", "jena"]),
    Table(
        name="privathaushalte.csv",
        source="Stadt Jena, Privathaushalte nach statistischen Bezirken",
        note="Einzelwerte zum 31.12. der Jahre 2015 und 2016.",
        figures=[
            *series("privathaushalte", _households(0)),
            *series("einpersonenhaushalte", _households(1)),
        ],
    ),
]
