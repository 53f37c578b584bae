"""The contracts of the projects service: examples, one written form, steps between states."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from services.contracts import projects
from services.contracts.projects.positions import NewPosition
from services.contracts.projects.strategies import NewStrategy
from services.contracts.projects.terms import FinancingSource
from services.kit.problems import Conflict
from services.projects.measures.rules import STEPS as MEASURE_STEPS
from services.projects.projects.rules import STEPS as PROJECT_STEPS
from services.projects.references import rules
from services.projects.references.rules import AREA, ORGANISATION, Place, Pointing
from services.projects.states import check_step
from services.projects.strategies.rules import STEPS as STRATEGY_STEPS


def _requests() -> Iterator[type[BaseModel]]:
    for module in pkgutil.iter_modules(projects.__path__, f"{projects.__name__}."):
        for name, found in vars(importlib.import_module(module.name)).items():
            if name.startswith("New") and found.__module__ == module.name:
                yield found


@pytest.mark.parametrize("contract", list(_requests()), ids=lambda contract: contract.__name__)
def test_the_example_is_valid_and_shows_every_field(contract: type[BaseModel]) -> None:
    extra: Any = contract.model_config["json_schema_extra"]
    (example,) = extra["examples"]
    assert set(example) == set(contract.model_fields)
    assert contract.model_validate(example).model_dump(mode="json") == example


@pytest.mark.parametrize(
    ("sent", "kept"), [("80.0000", "80"), ("1e1", "10"), ("-0", "0"), (12.5, "12.5"), (0, "0")]
)
def test_a_rate_has_one_written_form(sent: object, kept: str) -> None:
    source = FinancingSource.model_validate({"kind": "eu", "rate": sent})
    assert source.model_dump(mode="json")["rate"] == kept


@pytest.mark.parametrize(("sent", "kept"), [("5", "5.00"), (0.1, "0.10"), ("-0", "0.00")])
def test_money_has_two_decimals(sent: object, kept: str) -> None:
    source = FinancingSource.model_validate({"kind": "eu", "amount": sent})
    assert source.model_dump(mode="json")["amount"] == kept


def test_unknown_money_stays_unknown() -> None:
    assert FinancingSource.model_validate({"kind": "eu"}).amount is None


def test_a_position_is_a_whole_one_when_nothing_is_said() -> None:
    body = {"key": "s1", "title": {"de": "Stelle"}, "employer": "jena", "starts_on": "2023-01-01"}
    assert NewPosition.model_validate(body).fte == Decimal(1)


@pytest.mark.parametrize(
    ("state", "adopted_on", "fits"),
    [
        ("drafting", None, True),
        ("consulted", "2018-06-01", False),
        ("adopted", None, False),
        ("adopted", "2018-06-01", True),
        ("superseded", None, True),
        ("superseded", "2018-06-01", True),
    ],
)
def test_only_what_is_adopted_has_the_day_of_its_decision(
    state: str, adopted_on: str | None, fits: bool
) -> None:
    body: dict[str, Any] = {
        "key": "s1",
        "title": {"de": "Strategie"},
        "kind": "strategy",
        "prepared_by": "jena",
    }
    body |= {"state": state, "adopted_on": adopted_on}
    if fits:
        NewStrategy.model_validate(body)
    else:
        with pytest.raises(ValidationError) as refused:
            NewStrategy.model_validate(body)
        assert [error["loc"] for error in refused.value.errors()] == [("adopted_on",)]


@pytest.mark.parametrize("steps", [PROJECT_STEPS, MEASURE_STEPS, STRATEGY_STEPS])
def test_every_state_knows_its_next_ones_and_staying_is_no_step(
    steps: Mapping[Any, set[Any]],
) -> None:
    kind: Any = type(next(iter(steps)))
    assert set(steps) == set(kind)
    for now in kind:
        check_step(now, now, steps)
        for then in set(kind) - {now}:
            if then in steps[now]:
                check_step(now, then, steps)
            else:
                with pytest.raises(Conflict):
                    check_step(now, then, steps)


def test_each_reference_that_leads_nowhere_is_pointed_at_once_for_each_place() -> None:
    pointings = [
        Pointing(ORGANISATION, "jena", "/grantee"),
        Pointing(ORGANISATION, None, "/funder"),
        *rules.listed(AREA, ["lobeda", "jena"], "/areas"),
        Pointing(ORGANISATION, "jena", "/sources/0/organisation"),
    ]
    places = rules.places(pointings)
    assert places == {Place(ORGANISATION, "jena"), Place(AREA, "lobeda"), Place(AREA, "jena")}
    faults = rules.faults(pointings, {Place(ORGANISATION, "jena")})
    assert [fault.pointer for fault in faults] == ["/grantee", "/sources/0/organisation"]
