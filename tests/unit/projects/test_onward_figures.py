"""Money passed on, held against the local rules that the shipped pack knows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.figures import Clause, Rule
from services.projects.grant_facts.parts import Passed
from services.projects.onward_figures.rules import figures
from services.projects.rule_packs.packs.programmes import PACKS
from services.projects.rules_in_force.rules import on_day
from tests.unit.projects.facts import EMPTY
from tests.unit.projects.rulebook import said

D = Decimal
LOCAL = [
    Rule(
        **one.model_dump(include=set(Rule.model_fields) - {"clause"}),
        clause=Clause(text=one.clause, source=one.source, verified=one.verified),
    )
    for one in PACKS["lsz"].rules("lsz")
]
FACTS = replace(EMPTY, rules=on_day(LOCAL, date(2026, 1, 1)), land="TH")
MICRO = Passed("cafe", D(1350), D(1500), date(2026, 1, 4), date(2026, 3, 1), "micro.saalfeld")


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        # 8 weeks before Sunday, the first of March, is Sunday, the fourth of January
        (
            {},
            {
                "onward_amount": ("1350.00", "ok", None),
                "onward_own_share": ("10", "ok", None),
                "onward_application": ("2026-01-04", "ok", None),
            },
        ),
        (
            {"amount": D("1350.01"), "applied_on": date(2026, 1, 5)},
            {
                "onward_amount": ("1350.01", "ok", None),
                "onward_own_share": ("9.9993", "breach", None),
                "onward_application": ("2026-01-04", "breach", None),
            },
        ),
        (
            {"amount": D("1500.01"), "cost": None},
            {
                "onward_amount": ("1500.01", "breach", None),
                "onward_own_share": (None, "unknown", "no_amount"),
                "onward_application": ("2026-01-04", "ok", None),
            },
        ),
        ({"rule_scope": "micro.erfurt"}, {"onward_amount": ("1350.00", "ok", None)}),
        (
            {"rule_scope": "micro.erfurt", "amount": D("5000.00")},
            {"onward_amount": ("5000.00", "breach", None)},
        ),
        (
            {"rule_scope": "onward.saale-holzland", "amount": D("1200.00")},
            {"onward_share": ("80", "ok", None)},
        ),
        (
            {"rule_scope": "onward.saale-holzland", "amount": D("1200.01")},
            {"onward_share": ("80.0007", "breach", None)},
        ),
        # the last of August before it begins; in 2025 a Sunday, so the Monday after it
        (
            {"rule_scope": "saalfeld", "applied_on": date(2025, 9, 1)},
            {"onward_application": ("2025-09-01", "ok", None)},
        ),
        (
            {"rule_scope": "saalfeld", "applied_on": date(2025, 9, 2)},
            {"onward_application": ("2025-09-01", "breach", None)},
        ),
        ({"rule_scope": "nowhere"}, {}),
        ({"rule_scope": None}, {}),
    ],
)
def test_what_is_passed_on_keeps_the_local_rules_that_it_names(
    passed: dict[str, Any], expected: dict[str, tuple[str | None, str, str | None]]
) -> None:
    one = replace(MICRO, **passed)
    found = list(figures(replace(FACTS, passed_on=[one])))
    assert {figure.key: said(figure) for figure in found} == expected
    assert all(figure.scope == "cafe" for figure in found)
    assert all("kommunale Richtlinie zum LSZ" in figure.clauses[0].text for figure in found)
