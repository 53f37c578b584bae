"""What grants said is told again only while nothing that is stored of them has changed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.projects.figures import Parameter, Rule, Unit
from services.projects.funded.rules import MOST, Cash, Given, Memory, Paid, Stored
from services.projects.grant_facts.parts import Order
from services.projects.portfolio.rules import Told
from tests.unit.projects.rulebook import CLAUSE

DAY = date(2024, 6, 30)
PAY = Rule(
    parameter=Parameter.monthly_pay, scope="E11", value=Decimal(5000), unit=Unit.euro, clause=CLAUSE
)
GRANT = Stored(
    key="g",
    project="p",
    programme="strategie",
    state="granted",
    granted_on=date(2023, 12, 1),
    ended_on=None,
    noticed=False,
    notice=None,
    notice_state=None,
    effective_from=None,
    financing="share",
    starts_on=date(2024, 1, 1),
    ends_on=date(2024, 12, 31),
    eligible_cost=Decimal(90000),
    amount=Decimal(72000),
    rate=Decimal(80),
    sources=[{"kind": "eu", "year": 2024, "amount": "72000.00"}],
    budget_lines=[{"category": "staff", "year": 2024, "amount": "90000.00"}],
    overrides=[],
    positions=[],
)


def given(**changes: Any) -> Given:
    found = Given(GRANT, [Paid("staff", DAY, Decimal(100), None)], [], [])
    return found._replace(**changes)


def ask(
    memory: Memory, *grants: Given, rules: list[Rule] | None = None, on: date = DAY, town: int = 1
) -> list[Told]:
    return memory.told((town, on), grants, on, "TH", {"strategie": rules or [PAY]})


def test_what_is_stored_the_same_is_computed_once() -> None:
    memory = Memory()
    [first] = ask(memory, given())
    [again] = ask(memory, given())
    assert again is first


def test_the_same_rows_in_another_order_are_stored_the_same() -> None:
    memory = Memory()
    paid = [Paid("staff", DAY, Decimal(n), None if n else Decimal(n)) for n in range(4)]
    cash = [Cash("paid_out", DAY, Decimal(n)) for n in range(3)]
    orders = [Order(Decimal(1), None), Order(Decimal(1), DAY), Order(Decimal(2), DAY)]
    [first] = ask(memory, given(paid=paid, cash=cash, orders=orders))
    for _ in range(2):
        [again] = ask(memory, given(paid=paid[::-1], cash=cash[::-1], orders=orders[::-1]))
        assert again is first
    [other] = ask(memory, given(paid=paid[1:], cash=cash, orders=orders))
    assert other is not first


@pytest.mark.parametrize(
    "changes",
    [
        {"grant": GRANT._replace(amount=Decimal(72001))},
        {"grant": GRANT._replace(sources=[{**GRANT.sources[0], "amount": "72000.01"}])},
        {"paid": [Paid("staff", DAY, Decimal(100), Decimal(90))]},
        {"paid": []},
        {"cash": [Cash("paid_out", DAY, Decimal(5))]},
        {"orders": [Order(Decimal(5), None)]},
    ],
)
def test_what_has_changed_is_told_as_by_somebody_who_remembers_nothing(
    changes: dict[str, Any],
) -> None:
    memory = Memory()
    [before] = ask(memory, given())
    [after] = ask(memory, given(**changes))
    assert after == ask(Memory(), given(**changes))[0] != before


def test_another_rule_town_or_day_is_another_question() -> None:
    memory = Memory()
    [first] = ask(memory, given())
    dearer = PAY.model_copy(update={"value": Decimal(5100)})
    assert ask(memory, given(), rules=[dearer])[0].facts.all_rules == [dearer]
    assert ask(memory, given(), town=2)[0] is not first
    assert ask(memory, given(), on=date(2024, 7, 1))[0].facts.today == date(2024, 7, 1)


def test_a_grant_that_is_gone_or_not_granted_is_not_told() -> None:
    memory = Memory()
    ask(memory, given())
    assert ask(memory) == []
    assert ask(memory, given(grant=GRANT._replace(state="applied"))) == []
    assert len(ask(memory, given())) == 1


def test_no_more_is_remembered_than_fits() -> None:
    memory = Memory()
    many = [given(grant=GRANT._replace(key=f"g{n}")) for n in range(MOST // 2)]
    first = ask(memory, *many, town=1)
    ask(memory, *many, town=2)
    assert ask(memory, *many, town=1)[0] is first[0]
    ask(memory, *many, town=3)
    assert ask(memory, *many, town=1)[0] is first[0], "the town asked for longest ago was forgotten"
    too_many = [given(grant=GRANT._replace(key=f"g{n}")) for n in range(MOST + 1)]
    big = ask(memory, *too_many, town=4)
    assert ask(memory, *too_many, town=4)[0] is not big[0]
