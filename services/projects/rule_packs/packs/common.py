"""What holds for several programmes: money of the Land, of the federation, of the Union."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from services.contracts.projects.figures import Parameter, Unit
from services.projects.rule_packs.packs.words import Entry, assumed, number, seen, texts, words

_ANBEST = "Allgemeine Nebenbestimmungen zur Projektförderung"
_MUNICIPAL = texts(
    "Für Gemeinden können andere Nebenbestimmungen gelten (ANBest-Gk); der Bescheid sagt es.",
    "Other provisions may hold for municipalities (ANBest-Gk); the notice says so.",
)
_INTEREST = assumed("§ 49a Abs. 4 VwVfG", "§ 49a Abs. 4 ThürVwVfG")
_CPR = "Verordnung (EU) 2021/1060"

_BASE_RATES = (
    ("2014-01-01", "-0.63"),
    ("2014-07-01", "-0.73"),
    ("2015-01-01", "-0.83"),
    ("2016-07-01", "-0.88"),
    ("2023-01-01", "1.62"),
    ("2023-07-01", "3.12"),
    ("2024-01-01", "3.62"),
    ("2024-07-01", "3.37"),
    ("2025-01-01", "2.27"),
    ("2025-07-01", "1.27"),
)
_KNOWN_UNTIL = date(2025, 12, 31)
"""After this day interest is not known until somebody enters the next base rate."""


def _base_rates() -> tuple[Entry, ...]:
    starts = [date.fromisoformat(day) for day, _ in _BASE_RATES]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [_KNOWN_UNTIL]
    clause = assumed("§ 247 BGB", "Deutsche Bundesbank")
    return tuple(
        Entry(
            Parameter.base_rate,
            clause,
            Unit.percent,
            value=Decimal(rate),
            starts_on=start,
            ends_on=end,
        )
        for (_, rate), start, end in zip(_BASE_RATES, starts, ends, strict=True)
    )


GENERAL = (
    *_base_rates(),
    number(Parameter.interest_margin, "5", Unit.percent, _INTEREST),
    words(Parameter.interest_from, "deadline", _INTEREST),
    number(Parameter.pace_tolerance, "10", Unit.percent, assumed("Festlegung der Kommune")),
)
"""Of general law, and what a municipality sets for itself: for every programme."""

PROJECT_FUNDING = (
    replace(
        number(Parameter.deviation, "20", Unit.percent, assumed("ANBest-P Nr. 1.2", _ANBEST)),
        note=_MUNICIPAL,
    ),
    replace(
        number(Parameter.proof_due, "6", Unit.months, assumed("ANBest-P Nr. 6.1", _ANBEST)),
        note=_MUNICIPAL,
    ),
    number(Parameter.interim_proof_due, "4", Unit.months, assumed("NABF Nr. 4.4", "VDI/VDE-IT")),
    number(Parameter.final_instalment, "2", Unit.months, assumed("VV Nr. 7.3 zu Art. 44 BayHO")),
    number(Parameter.retention, "5", Unit.years, assumed("ANBest-P Nr. 6.3", _ANBEST)),
    words(Parameter.early_start, "no", assumed("VV Nr. 1.3 zu § 44 LHO")),
)
"""What usually holds for the funding of projects; the notice says what does."""

STATE = (
    *PROJECT_FUNDING,
    number(Parameter.spend_within, "2", Unit.months, assumed("VV Nr. 7.2 zu § 44 ThürLHO")),
)
FEDERAL = (
    *PROJECT_FUNDING,
    number(Parameter.spend_within, "6", Unit.weeks, assumed("ANBest-P Nr. 1.4", _ANBEST)),
)

UNION_2021 = (
    number(Parameter.indirect_rate, "7", Unit.percent, seen("Art. 54 Buchst. a", _CPR), "direct"),
    number(Parameter.indirect_rate, "15", Unit.percent, seen("Art. 54 Buchst. b", _CPR), "staff"),
    number(
        Parameter.indirect_rate, "25", Unit.percent, seen("Art. 54 Buchst. c", _CPR), "calculated"
    ),
    number(Parameter.staff_rate, "20", Unit.percent, seen("Art. 55 Abs. 1", _CPR)),
    number(Parameter.annual_hours, "1720", Unit.hours, seen("Art. 55 Abs. 2", _CPR)),
    number(Parameter.remaining_cost_rate, "40", Unit.percent, assumed("Art. 56", _CPR)),
    number(Parameter.simplified_below, "200000", Unit.euro, assumed("Art. 53 Abs. 2", _CPR)),
    words(
        Parameter.final_expenditure, "2029-12-31", assumed("Art. 63 Abs. 2", _CPR), unit=Unit.day
    ),
    number(Parameter.payment_by_authority, "80", Unit.days, assumed("Art. 74", _CPR)),
    number(Parameter.retention, "5", Unit.years, assumed("Art. 82", _CPR), "eu"),
    words(
        Parameter.reporting,
        "01-31 04-30 07-31 09-30 11-30",
        seen("Art. 42", _CPR),
        "financial",
        Unit.day,
    ),
    words(Parameter.reporting, "01-31 07-31", seen("Art. 42", _CPR), "indicators", Unit.day),
    words(Parameter.reporting, "2031-02-15", seen("Art. 43", _CPR), "final", Unit.day),
)
"""Money of the Union in the years 2021 to 2027."""
