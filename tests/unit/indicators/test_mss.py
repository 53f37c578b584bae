"""The preset of Berlin's monitoring gives every planning area its official class."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.contracts.indicators.index_presets import NewIndexFromPreset
from services.contracts.indicators.indices import NewIndex
from services.indicators.indices.method.candidates import Figure
from services.indicators.indices.method.results import Result, results
from services.indicators.indices.presets import PRESETS, filled
from services.indicators.periods import parse_period
from tests.unit.indicators.mss import LATER_SMALL, OUTLIER, Edition

REASON = "Left out by the publisher."


@pytest.fixture(params=["2017", "2019"])
def edition(request: pytest.FixtureRequest, shared_data: Path) -> Edition:
    return Edition(shared_data / "indicators" / "mss", request.param)


def recipe(edition: Edition, *, changes: bool = True) -> NewIndex:
    """The preset with the edition's indicators and the areas the publisher left out by name."""
    asked = edition.preset()
    values = filled(
        PRESETS["mss-berlin"],
        NewIndexFromPreset.model_validate(
            {**asked, "changes": asked["changes"] if changes else []}
        ),
    )
    areas = [OUTLIER, *LATER_SMALL[edition.year]]
    values["exclusions"].append({"kind": "areas", "areas": areas, "reason": REASON})
    return NewIndex.model_validate(values)


def figure(indicator: str, area: str, period: str, value: str) -> Figure:
    end = parse_period(period).end
    return Figure(indicator, area, "planungsraum", end, period, "", Decimal(value), "normal")


def figures(edition: Edition, *, before: bool = False) -> list[Figure]:
    """The inputs of the edition; `before`: the earlier state instead of the changes."""
    made = [
        figure("einwohner", area, period, number)
        for period, numbers in edition.inhabitants.items()
        for area, number in numbers.items()
    ]
    for area, row in edition.inputs.items():
        for s, d in zip(edition.status_columns, edition.change_columns, strict=True):
            code = f"{s.partition('_')[0]}-{edition.year}"
            made.append(figure(code, area, edition.period, row[s]))
            if before:
                then = str(Decimal(row[s]) - Decimal(row[d]))
                made.append(figure(code, area, edition.before, then))
            else:
                change = f"{d.partition('_')[0]}-{edition.year}"
                made.append(figure(change, area, edition.period, row[d]))
    return made


def classes(found: list[Result]) -> dict[str, tuple[Any, Any, Any]]:
    return {
        one.area: (one.class_code, one.dynamics_class, one.group_code)
        for one in found
        if one.excluded is None
    }


def test_every_area_is_in_its_official_class(edition: Edition) -> None:
    found = results(recipe(edition), figures(edition), {}, {})
    assert len(edition.official) == 436
    assert classes(found) == edition.classes()
    out = {one.area: (one.excluded, one.reason) for one in found if one.excluded}
    assert len(out) == 11
    assert out.pop(OUTLIER) == ("areas", REASON)


def test_changes_may_also_be_computed_from_the_earlier_state(edition: Edition) -> None:
    found = results(recipe(edition, changes=False), figures(edition, before=True), {}, {})
    assert classes(found) == edition.classes()


def test_an_area_near_a_limit_needs_the_unrounded_value(shared_data: Path) -> None:
    edition = Edition(shared_data / "indicators" / "mss", "2019")
    found = results(recipe(edition), figures(edition), {}, {})
    shown = [(str(one.value), one.class_code) for one in found]
    near = sorted(one for one in shown if one[0] in ("-0.999", "-1.001"))
    assert near == [("-0.999", "2"), ("-1.001", "1")]
