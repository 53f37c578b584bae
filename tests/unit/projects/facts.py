"""Facts of grants: of one nothing is known, of the other everything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Parameter, Rule, Unit
from services.contracts.projects.grants import Financing, GrantState
from services.projects.grant_facts.parts import Budget, Source, Staff
from services.projects.grant_facts.rules import Facts
from services.projects.rule_packs.packs.programmes import PACKS
from services.projects.rules_in_force.rules import on_day
from tests.unit.projects.rulebook import CLAUSE, rule

D = Decimal
START, END = date(2023, 1, 1), date(2025, 12, 31)
PACK = [
    Rule(**one.model_dump(include=set(Rule.model_fields) - {"clause"}), clause=CLAUSE)
    for one in PACKS["sozialstrategierichtlinie-2-1"].rules("strategie")
]
PAY = Rule(
    parameter=Parameter.monthly_pay, scope="E11", value=D(5000), unit=Unit.euro, clause=CLAUSE
)
EMPTY = Facts(
    grant="g",
    notice=None,
    today=START,
    land="TH",
    starts_on=None,
    ends_on=None,
    approved_on=None,
    state=GrantState.granted,
    eligible_cost=None,
    granted=None,
    rate=None,
    financing=Financing.share,
    sources=[],
    budget=[],
    spendings=[],
    orders=[],
    payouts=[],
    repayments=[],
    demands=[],
    requests=[],
    staff=[],
    rules={},
    all_rules=[],
)
YEARS = (2023, 2024, 2025)
FULL = replace(
    EMPTY,
    starts_on=START,
    ends_on=END,
    approved_on=date(2022, 12, 15),
    eligible_cost=D(900000),
    granted=D(720000),
    rate=D(80),
    sources=[
        Source(kind, year, D(amount))
        for year in YEARS
        for kind, amount in (("eu", 180000), ("state", 60000), ("own", 60000))
    ],
    budget=[
        Budget(category, year, D(amount))
        for year in YEARS
        for category, amount in (("staff", 290000), ("travel", 10000))
    ],
    staff=[Staff("planung", "E 11", D(4), START, END, D(80), START, END)],
    all_rules=[*PACK, PAY],
)


def at(day: date, facts: Facts = FULL) -> Facts:
    """The facts on that day, with the rules that hold then."""
    return replace(facts, today=day, rules=on_day(facts.all_rules, day))


def granted_flat(parameter: str, value: int, scope: str | None = None) -> Rule:
    """A flat rate as the notice grants it."""
    clause = CLAUSE.model_copy(update={"notice": "bescheid-1", "text": "Bescheid Nr. 3"})
    return rule(parameter, value, scope=scope).model_copy(update={"clause": clause})
