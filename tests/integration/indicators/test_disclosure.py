"""What is hidden cannot be calculated from what anybody may read, in whatever form and release."""

from typing import Any

import asyncpg

from services.contracts.indicators.disclosure import DisclosureAudit
from tests.integration.indicators.figures import (
    columns,
    equip,
    released,
    second,
    tidy,
)
from tests.integration.indicators.territory import area
from tests.support.towns import Door

DISTRICTS = ("lobeda-west", "winzerla")
PERIOD = "2024-12-31"


def table(
    *rows: tuple[str, int, int], indicator: str = "empfaenger", period: str = PERIOD
) -> bytes:
    """Men, women and all of areas, as a tidy file."""
    lines = []
    for place, men, women in rows:
        lines += [
            f"{place},{period},{indicator},,{men + women}",
            f"{place},{period},{indicator},GESM,{men}",
            f"{place},{period},{indicator},GESW,{women}",
        ]
    return tidy(*lines)


TOWN = (("jena", 63, 59), ("lobeda-west", 40, 30), ("winzerla", 21, 28), ("zentrum", 2, 1))


async def town(door: Door) -> None:
    """Jena with three districts."""
    await equip(door)
    await door.made("/areas", area("zentrum", "statistischer-bezirk", "jena"))


async def shown(door: Door, query: str) -> dict[tuple[str, ...], tuple[Any, str]]:
    """Figures by area and breakdown: value and status."""
    return {(row[0], row[2]): (row[3], row[4]) for row in await columns(door, query)}


async def audited(door: Door, query: str = "") -> DisclosureAudit:
    """The audit by the statistics office."""
    answer = await second(door).get(f"/disclosure/audit{query}")
    assert answer.status_code == 200, answer.text
    return DisclosureAudit.model_validate_json(answer.content)


async def why(door: Door, database_url: str, indicator: str = "empfaenger") -> dict[Any, str]:
    """The stored reasons of what is hidden now."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT area, breakdown, rule FROM indicators.published WHERE municipality_id = $1"
            " AND indicator = $2 AND release_to IS NULL AND status = 'confidential'",
            door.municipality.id,
            indicator,
        )
    finally:
        await connection.close()
    return {(row["area"], row["breakdown"]): row["rule"] for row in rows}


async def test_two_women_of_a_district_are_not_what_the_town_has_more(indicators: Door) -> None:
    await town(indicators)
    await released(indicators, table(("jena", 63, 60), *TOWN[1:3], ("zentrum", 2, 2)))
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    hidden = {place for place, (value, _) in figures.items() if value is None}
    assert {("zentrum", "GES=GESM"), ("zentrum", "GES=GESW")} < hidden
    assert figures["jena", ""] == (123, "normal")
    men = [figures[place, "GES=GESM"][0] for place in ("jena", *DISTRICTS)]
    assert None in men, "the men of the district are the rest of the town's"
    audit = await audited(indicators)
    assert audit.safe
    assert audit.secrets == 2
    assert sum(audit.reasons.values()) == audit.hidden == len(hidden)


async def test_every_form_of_the_answer_hides_the_same(indicators: Door) -> None:
    await town(indicators)
    await released(indicators, table(*TOWN))
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    hidden = {place for place, (value, _) in figures.items() if value is None}
    for door in (indicators.as_(), indicators.as_("member"), indicators.as_("planner")):
        for query in ("", "&as_of=1", "&within=jena", "&breakdown=GES:GESM,GES:GESW,total"):
            found = await shown(door, f"indicator=empfaenger{query}")
            assert {p for p, (v, _) in found.items() if v is None} == hidden & found.keys()
        table_ = (await door.get("/observations?indicator=empfaenger&format=csv")).text
        assert table_.count(",*,confidential,") == len(hidden)
    raw = await columns(second(indicators), "indicator=empfaenger", "/observations/raw")
    assert all(row[3] is not None for row in raw)


async def test_the_audit_is_for_the_statistics_office(indicators: Door) -> None:
    await equip(indicators)
    for role, status in (("planner", 403), ("supplier", 403), ("administrator", 200)):
        assert (await indicators.as_(role).get("/disclosure/audit")).status_code == status
    assert (await indicators.as_().get("/disclosure/audit")).status_code == 401
    audit = await audited(indicators)
    assert (audit.safe, audit.hidden, audit.problems) == (True, 0, [])


async def test_the_audit_finds_what_somebody_opened(indicators: Door, database_url: str) -> None:
    await town(indicators)
    await released(indicators, table(*TOWN))
    assert (await audited(indicators)).safe
    beside = [p for p, rule in (await why(indicators, database_url)).items() if rule == "secondary"]
    connection = await asyncpg.connect(database_url)
    try:
        for place, breakdown in beside:
            await connection.execute(
                "UPDATE indicators.published AS p SET value = o.value, status = 'normal', rule = ''"
                " FROM indicators.observation AS o WHERE p.municipality_id = $1"
                " AND o.municipality_id = $1 AND p.indicator = 'empfaenger' AND p.area = $2"
                " AND p.breakdown = $3 AND (o.indicator, o.area, o.breakdown, o.period)"
                " = (p.indicator, p.area, p.breakdown, p.period)",
                indicators.municipality.id,
                place,
                breakdown,
            )
    finally:
        await connection.close()
    audit = await audited(indicators)
    assert beside
    assert not audit.safe
    assert {one.area for one in audit.problems} == {"zentrum"}
    assert all(one.lower == one.upper for one in audit.problems)
