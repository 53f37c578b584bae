"""What a rule of a programme may say, and which rules hold: pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from services.contracts.projects.costs import CostCategory
from services.contracts.projects.figures import Clause, Parameter, Rule, Unit
from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.grants import Financing
from services.contracts.projects.programmes import FundingPeriod
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid

PERIODS = (Unit.months, Unit.days, Unit.weeks, Unit.years)
INTEREST_FROM = ("payout", "deadline")
_TEXTS = (Unit.text,)
PERIOD = "Förderperiode des Programms"
"""The clause of what a funding period says."""
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
    unit = _unit(parameter, override, None)
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


def in_force(
    rules: Iterable[Rule], overrides: Iterable[Override], notice: str | None
) -> dict[tuple[Parameter, str | None], Rule]:
    """The rules of a day by parameter and scope: later ones win, and a notice wins over all.

    `rules` come from the general to the special. An override that says no unit takes that of
    what it overrides, or the usual one; its clause names the notice and is verified, because it is
    the notice.
    """
    found = {(rule.parameter, rule.scope): rule for rule in rules}
    for override in overrides:
        rule = overriding(override, found, notice)
        found[rule.parameter, rule.scope] = rule
    return found


def over_time(
    rules: Sequence[Rule], overrides: Iterable[Override], notice: str | None
) -> list[Rule]:
    """The rules of every day; where the notice says a figure, it says it for all of them, and
    where a programme says one, what holds for every programme does not count."""
    latest = {(rule.parameter, rule.scope): rule for rule in rules}
    said = [overriding(override, latest, notice) for override in overrides]
    theirs = {(rule.parameter, rule.scope) for rule in said}
    return said + [rule for rule in reversed(rules) if (rule.parameter, rule.scope) not in theirs]


def holds(rule: Rule, day: date) -> bool:
    """Does it hold on the day?"""
    return (rule.starts_on or date.min) <= day <= (rule.ends_on or date.max)


def of_periods(
    periods: Iterable[FundingPeriod], legal_basis: Sequence[str], said: Iterable[Rule]
) -> list[Rule]:
    """What the funding periods of a programme say of positions and rates, as rules, where no rule
    says it for the whole programme."""
    there = {rule.parameter for rule in said if rule.scope is None}
    clause = Clause(text=PERIOD, source=", ".join(legal_basis)[:200] or None, verified=False)
    return [
        Rule(
            parameter=parameter,
            value=value,
            unit=unit,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            clause=clause,
        )
        for period in periods
        for parameter, value, unit in (
            (Parameter.max_positions, period.max_positions, Unit.fte),
            (Parameter.max_rate, period.max_rate, Unit.percent),
        )
        if value is not None and parameter not in there
    ]


def on_day(rules: Iterable[Rule], day: date) -> dict[tuple[Parameter, str | None], Rule]:
    """Those of the rules that hold on the day; of several the first."""
    found: dict[tuple[Parameter, str | None], Rule] = {}
    for rule in rules:
        if holds(rule, day):
            found.setdefault((rule.parameter, rule.scope), rule)
    return found


def overriding(
    override: Override,
    known: Mapping[tuple[Parameter, str | None], Rule],
    notice: str | None,
) -> Rule:
    """The rule that an override of a notice makes."""
    parameter = Parameter(override.parameter)
    before = known.get((parameter, override.scope)) or known.get((parameter, None))
    return Rule(
        parameter=parameter,
        scope=override.scope,
        value=override.value,
        text=override.text,
        unit=_unit(parameter, override, before),
        clause=Clause(text=override.clause, source=None, verified=True, notice=notice),
    )


def _unit(parameter: Parameter, override: Override, before: Rule | None) -> Unit:
    if override.unit is not None:
        return override.unit
    wanted = override.value is not None
    if before is not None and _is_number(before.unit) == wanted:
        return before.unit
    usual = units_of(parameter)
    return next((unit for unit in usual if _is_number(unit) == wanted), usual[0])


def _is_number(unit: Unit) -> bool:
    return unit not in (Unit.text, Unit.day)
