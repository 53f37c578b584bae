"""The integrated view: needs of the indicators service beside measures and grants of this one."""

from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import MEASURE
from tests.support.towns import Door

BUDGET = [
    {"year": 2024, "source": "municipal", "amount": "1200.50"},
    {"year": 2024, "source": "eu", "amount": None},
    {"year": 2025, "source": "municipal", "amount": "99.00"},
]


async def test_needs_measures_and_money_stand_side_by_side(
    settled: Door, neighbours: dict[str, Neighbour]
) -> None:
    base = f"/v1/{settled.municipality.key}/findings"
    found = {"area": "lobeda", "state": "open"}
    items = [{"key": "armut", **found}, {"key": "alt", **found, "state": "resolved"}]
    neighbours["indicators"].known[base] = {"items": items, "next": None}
    more = {**MEASURE, "key": "treff", "budget": BUDGET, "findings": ["armut"]}
    await settled.made("/measures", more)
    office = settled.as_("controller")
    told = (await office.get("/portfolio/areas?on=2024-06-30")).json()
    area = next(one for one in told["areas"] if one["area"] == "lobeda")
    assert area["measures"] == ["jobladen-lobeda", "treff"]
    assert area["municipal"] == {"amount": "1200.50", "unknown": 0}
    assert area["granted_budget"] == {"amount": None, "unknown": 1}
    assert area["need"] == {"open": ["armut"], "answered": ["armut"], "unanswered": []}
    assert area["granted"]["amount"] == "108016.32"
    later = (await office.get("/portfolio/areas?on=2024-06-30&year=2025")).json()
    assert later["total"]["municipal"]["amount"] == "99.00"


async def test_without_the_needs_there_is_no_view(
    settled: Door, neighbours: dict[str, Neighbour]
) -> None:
    neighbours["indicators"].away = True
    assert (await settled.as_("controller").get("/portfolio/areas")).status_code == 503
    for role in ((), ("member",)):
        assert (await settled.as_(*role).get("/portfolio/areas")).status_code in (401, 403)
