"""Who is named in a project: whoever decides on it must know."""

from typing import Any

from tests.integration.projects.samples import (
    COMMITMENT,
    EXPENDITURE,
    MEASURE,
    NOTICE,
    ONWARD,
    POSITION,
)
from tests.support.towns import Door

WHOLE: dict[str, Any] = {
    **MEASURE,
    "key": "ganz",
    "department": "fachdienst",
    "budget": [{"year": 2027, "source": "third_party", "organisation": "stiftung"}],
}


async def roles(door: Door, address: str) -> dict[str, list[str]]:
    answer = await door.get(f"{address}/organisations")
    assert answer.status_code == 200, answer.text
    return {one["organisation"]: one["roles"] for one in answer.json()["organisations"]}


async def test_everybody_named_around_a_project_is_listed_once(settled: Door) -> None:
    await settled.made("/measures", WHOLE)
    named = await roles(settled.as_("secretary"), "/projects/sozialplanung")
    assert named == {
        "europaeische-union": ["funder"],
        "fachdienst": ["responsible"],
        "freistaat-thueringen": ["funder"],
        "jenawirtschaft": ["responsible"],
        "landratsamt": ["partner", "grantee", "employer"],
        "stiftung": ["funder"],
    }
    of_measure = await roles(settled.as_("secretary"), "/measures/ganz")
    assert of_measure == named


async def test_partners_with_a_budget_and_employers_are_named(settled: Door) -> None:
    await settled.made("/notices", NOTICE)
    named = await roles(settled.as_("secretary"), "/projects/sozialplanung")
    assert named["caritas"] == ["partner"]
    assert named["landratsamt"] == ["partner", "grantee", "employer"]
    later = {**NOTICE, "key": "bescheid-2", "kind": "amendment", "issued_on": "2024-02-01"}
    budgets = [{"organisation": "awo", "eligible_cost": "20000.00", "amount": "16000.00"}]
    await settled.made("/notices", {**later, "partner_budgets": budgets})
    now = await roles(settled.as_("secretary"), "/projects/sozialplanung")
    assert now["awo"] == ["partner"]
    assert "caritas" not in now, "a later notice replaces the earlier ones"


async def test_a_grant_joins_who_is_named_around_it_and_its_measures(settled: Door) -> None:
    await settled.made("/notices", NOTICE)
    paid = {"key": "bezahlt", "title": {"de": "Bezahlt"}, "responsible": "verein"}
    await settled.made("/measures", {**paid, "grants": ["bescheid-2023"]})
    of_project = await roles(settled.as_("secretary"), "/projects/sozialplanung")
    assert of_project["verein"] == ["responsible"]
    assert await roles(settled.as_("secretary"), "/measures/bezahlt") == {
        "caritas": ["partner"],
        "europaeische-union": ["funder"],
        "freistaat": ["funder"],
        "freistaat-thueringen": ["funder"],
        "landratsamt": ["grantee"],
        "verein": ["responsible"],
    }
    await settled.patch("/grants/bescheid-2023", {"visibility": "administration"}, 2)
    assert await roles(settled.as_(), "/measures/bezahlt") == {"verein": ["responsible"]}


async def test_who_gets_money_of_it_is_named_and_to_everybody_only_what_is_public(
    settled: Door,
) -> None:
    """Whoever votes on a project while a club of theirs is paid by it must know."""
    for supplier, address, new in (
        ("verlag", "/commitments", COMMITMENT),
        ("moderation", "/expenditures", {**EXPENDITURE, "supplier_name": None}),
    ):
        await settled.made(address, {**new, "supplier": supplier})
    await settled.made("/onward-grants", ONWARD)
    await settled.made("/onward-grants", {**ONWARD, "key": "still", "recipient": "sportverein"})
    hidden = await settled.patch("/onward-grants/still", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    employed = {**POSITION, "key": "geheim", "employer": "traeger", "funding": []}
    await settled.made("/positions", {**employed, "visibility": "administration"})
    found = await roles(settled.as_("secretary"), "/projects/sozialplanung")
    paid = {"verlag", "moderation", "nachbarschaftsverein", "sportverein", "traeger"}
    assert {key: found.get(key) for key in paid} == {
        "verlag": ["supplier"],
        "moderation": ["supplier"],
        "nachbarschaftsverein": ["recipient"],
        "sportverein": ["recipient"],
        "traeger": ["employer"],
    }
    public = await roles(settled.as_(), "/projects/sozialplanung")
    assert public["nachbarschaftsverein"] == ["recipient"]
    assert not {"sportverein", "traeger"} & set(public)


async def test_a_measure_on_its_own_names_its_own(projects: Door) -> None:
    alone = {"key": "allein", "title": {"de": "Allein"}, "responsible": "verein"}
    await projects.made("/measures", alone)
    assert await roles(projects.as_(), "/measures/allein") == {"verein": ["responsible"]}


async def test_what_is_hidden_names_nobody(settled: Door) -> None:
    await settled.patch("/measures/jobladen-lobeda", {"visibility": "administration"}, 1)
    await settled.patch("/grants/bescheid-2023", {"visibility": "administration"}, 1)
    public = await roles(settled.as_(), "/projects/sozialplanung")
    assert "jenawirtschaft" not in public
    assert public["landratsamt"] == ["partner"]
    await settled.patch("/projects/sozialplanung", {"visibility": "administration"}, 1)
    hidden = await settled.as_().get("/projects/sozialplanung/organisations")
    assert hidden.status_code == 404


async def test_it_costs_the_same_however_many_measures_there_are(
    settled: Door, statements: list[str]
) -> None:
    statements.clear()
    await roles(settled.as_(), "/projects/sozialplanung")
    few = len(statements)
    for n in range(4):
        await settled.made("/measures", {**MEASURE, "key": f"measure-{n}"})
    statements.clear()
    await roles(settled.as_(), "/projects/sozialplanung")
    assert len(statements) == few <= 10
