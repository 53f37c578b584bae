"""What a rule of a programme, and what a notice sets otherwise, may say: pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.figures import Parameter, Rule, Unit
from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.grants import Financing
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

PERIODS = (Unit.months, Unit.days, Unit.weeks, Unit.years)
INTEREST_FROM = ("payout", "deadline")
_TEXTS = (Unit.text,)
ANNOUNCED = timedelta(days=14)
"""So long before a half-year its base rate may be known."""
UNITS: Mapping[Parameter, Sequence[Unit]] = {
    Parameter.financing: _TEXTS,
    Parameter.applicants: _TEXTS,
    Parameter.precondition: _TEXTS,
    Parameter.eligible_category: _TEXTS,
    Parameter.ineligible_cost: _TEXTS,
    Parameter.lowest_grade: _TEXTS,
    Parameter.highest_grade: _TEXTS,
    Parameter.early_start: _TEXTS,
    Parameter.interest_from: _TEXTS,
    Parameter.decided_by: _TEXTS,
    Parameter.minimum_amount: (Unit.euro,),
    Parameter.maximum_amount: (Unit.euro,),
    Parameter.monthly_pay: (Unit.euro,),
    Parameter.simplified_below: (Unit.euro,),
    Parameter.max_positions: (Unit.fte,),
    Parameter.annual_hours: (Unit.hours,),
    Parameter.final_expenditure: (Unit.day,),
    Parameter.reporting: (Unit.day,),
    Parameter.application_due: (Unit.day, *PERIODS),
    Parameter.proof_due: (*PERIODS, Unit.day),
    Parameter.interim_proof_due: (*PERIODS, Unit.day),
    Parameter.spend_within: PERIODS,
    Parameter.final_instalment: PERIODS,
    Parameter.payment_by_authority: PERIODS,
    Parameter.retention: (Unit.years, Unit.months),
}
"""In which units a parameter is said, the usual one first; where nothing is said, per cent."""
_PERCENT = (Unit.percent,)
_WORDS: Mapping[Parameter, Sequence[str]] = {
    Parameter.financing: tuple(Financing),
    Parameter.interest_from: INTEREST_FROM,
    Parameter.early_start: ("yes", "no"),
}
_CATEGORIES: Mapping[Parameter, Sequence[str | None]] = {
    Parameter.eligible_category: tuple(CostCategory),
    Parameter.ineligible_cost: (*CostCategory, None),
}
"""What is said of a category of cost says of which, or else it would bind nothing."""


class Said(NamedTuple):
    """What a rule says."""

    parameter: Parameter
    value: Decimal | None
    text: str | None
    unit: Unit
    scope: str | None = None


class Override(Protocol):
    """A figure that a notice sets otherwise."""

    @property
    def parameter(self) -> str: ...

    @property
    def scope(self) -> str | None: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def text(self) -> str | None: ...

    @property
    def unit(self) -> Unit | None: ...

    @property
    def clause(self) -> str: ...


class Spanned(Protocol):
    """Something that holds from when until when."""

    @property
    def key(self) -> str: ...

    @property
    def starts_on(self) -> date | None: ...

    @property
    def ends_on(self) -> date | None: ...


def units_of(parameter: Parameter) -> Sequence[Unit]:
    """The units in which a parameter may be said, the usual one first."""
    return UNITS.get(parameter, _PERCENT)


def check(said: Said) -> None:
    """Refuse a unit that does not suit the parameter, a number where a text is due and the other
    way round, values that mean nothing: rates above 100, half months, days that are none, and
    eligible cost of a category that there is not."""
    faults = list(faults_of(said))
    if faults:
        raise Invalid("The rule does not make sense; nothing was stored.", faults=faults)


def faults_of(said: Said, where: str = "") -> Iterator[Fault]:
    """What `check` refuses, pointed at below `where`."""
    for field, code, text in _faults(said):
        yield Fault(pointer=f"{where}/{field}", code=code, detail=text)


def override_faults(override: Override, where: str) -> Iterator[Fault]:
    """What makes no sense in an override of a notice."""
    parameter = Parameter(override.parameter)
    unit = unit_of(parameter, override, None)
    said = Said(parameter, override.value, override.text, unit, override.scope)
    yield from faults_of(said, where)


def _faults(said: Said) -> Iterator[tuple[str, str, str]]:
    if said.parameter in _CATEGORIES and said.scope not in _CATEGORIES[said.parameter]:
        yield "scope", "scope", f"Say which category: one of {', '.join(CostCategory)}."
    allowed = units_of(said.parameter)
    if said.unit not in allowed:
        yield "unit", "unit", f"This is said in {', '.join(allowed)}."
        return
    number = _is_number(said.unit)
    if number and (said.value is None or said.text is not None):
        yield "value", "value", "Say a number, and no text."
    elif not number and (said.text is None or said.value is not None):
        yield "text", "text", "Say a text, and no number."
    elif said.value is not None and (wrong := _number(said, said.value)):
        yield "value", "value", wrong
    elif said.text is not None and (wrong := _text(said, said.text)):
        yield "text", "text", wrong


def _number(said: Said, value: Decimal) -> str | None:
    if said.unit in PERIODS and (value != int(value) or not 0 <= value <= 1200):
        return "A period is a whole number, not above 1200."
    if said.parameter is Parameter.base_rate:
        return None if abs(value) <= 100 else "A base rate is between -100 and 100 per cent."
    if value < 0:
        return "This is not below zero."
    if said.unit is Unit.percent and value > 100:
        return "A rate is not above 100 per cent."
    return None


def _text(said: Said, text: str) -> str | None:
    words = _WORDS.get(said.parameter)
    if words and text not in words:
        return f"Say one of {', '.join(words)}."
    single = said.parameter is not Parameter.reporting
    if said.unit is Unit.day and not _are_days(text, single=single):
        return "Say days as 2029-12-31, or as 07-31 for every year."
    if said.parameter is Parameter.final_expenditure and len(text) != len("2029-12-31"):
        return "Say the day with its year."
    return None


def _are_days(text: str, *, single: bool) -> bool:
    parts = text.split(" ")
    return (not single or len(parts) == 1) and all(_is_day(part) for part in parts)


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text if len(text) > len("07-31") else f"2027-{text}")
    except ValueError:
        return False
    return day.isoformat().endswith(text)


def check_known(new: NewFundingRule, today: date) -> None:
    """Refuse a base rate without its first or last day, and one for days of which nobody knows it
    yet: it may become another on every first of January and July (Section 247 BGB)."""
    if new.parameter is not Parameter.base_rate:
        return
    soon = today + ANNOUNCED
    known_until = date(soon.year, 6, 30) if soon.month <= 6 else date(soon.year, 12, 31)
    faults = []
    if new.starts_on is None:
        text = "Say from when on it holds."
        faults.append(Fault(pointer="/starts_on", code="required", detail=text))
    if new.ends_on is None or new.ends_on > known_until:
        text = f"Nobody knows it yet after {known_until}; say until when it holds."
        faults.append(Fault(pointer="/ends_on", code="not_known_yet", detail=text))
    if faults:
        raise Invalid("A base rate is known for some time only.", faults=faults)


def check_overlap(new: Spanned, others: Iterable[Spanned]) -> None:
    """Refuse (409) a rule of which another one says the same figure for the same time."""
    for other in others:
        if other.key != new.key and overlap(new, other):
            raise Conflict(
                f"The rule {other.key!r} says this figure for the same time.",
                pointer="/starts_on",
                code="overlap",
            )


def overlap(one: Spanned, other: Spanned) -> bool:
    """Do both hold on some day?"""
    return (one.starts_on or date.min) <= (other.ends_on or date.max) and (
        other.starts_on or date.min
    ) <= (one.ends_on or date.max)


def unit_of(parameter: Parameter, override: Override, before: Rule | None) -> Unit:
    """The unit of an override that says none: of what it overrides, or the usual one."""
    if override.unit is not None:
        return override.unit
    wanted = override.value is not None
    if before is not None and _is_number(before.unit) == wanted:
        return before.unit
    usual = units_of(parameter)
    return next((unit for unit in usual if _is_number(unit) == wanted), usual[0])


def _is_number(unit: Unit) -> bool:
    return unit not in (Unit.text, Unit.day)
