"""When areas or attributes move, figures add up otherwise: what was safe may be so no longer."""

from typing import Any

import pytest

from services.commands import verify
from tests.integration.indicators.figures import columns, equip, released, tidy
from tests.integration.indicators.territory import area
from tests.integration.indicators.test_disclosure import PERIOD, audited, shown, why
from tests.support.towns import Door

ASK = "indicator=empfaenger"
NOTHING_NEW = {"title": {"de": "Neu geschützt"}, "deliveries": []}


async def with_a_village(door: Door) -> None:
    """A village of two recipients that belongs to a county without figures."""
    await equip(door)
    await door.made("/areas", area("isserstedt", "statistischer-bezirk", "wartburgkreis"))
    await released(
        door,
        tidy(
            f"jena,{PERIOD},empfaenger,,122",
            f"lobeda-west,{PERIOD},empfaenger,,70",
            f"winzerla,{PERIOD},empfaenger,,50",
            f"isserstedt,{PERIOD},empfaenger,,2",
        ),
    )


async def test_a_village_that_moves_into_the_town_is_protected_in_its_new_sum(
    indicators: Door, database_url: str
) -> None:
    await with_a_village(indicators)
    assert await why(indicators, database_url) == {("isserstedt", ""): "threshold:3"}
    before = await audited(indicators)
    assert (before.safe, before.unchecked_areas) == (True, [])

    await indicators.patch("/areas/isserstedt", {"parent": "jena"}, 1)
    moved = await audited(indicators)
    assert not moved.safe, "the village is what the town has more than its districts"
    assert [(one.area, one.lower, one.upper) for one in moved.problems] == [("isserstedt", 2, 2)]
    assert moved.unchecked_areas == ["isserstedt"]

    release = await indicators.made("/releases", NOTHING_NEW)
    assert (release["figures"], release["published"]) == (0, 1)
    after = await audited(indicators)
    assert (after.safe, after.unchecked_areas) == (True, [])
    reasons = await why(indicators, database_url)
    assert sorted(reasons.values()) == ["secondary", "threshold:3"]
    for release_number in (1, 2):
        read = await shown(indicators.as_(), f"{ASK}&as_of={release_number}")
        hidden = {where for where, (value, _) in read.items() if value is None}
        assert hidden == reasons.keys(), "what was printed before is taken back, too"


async def test_a_change_of_names_alone_checks_nothing_again(
    indicators: Door, database_url: str
) -> None:
    await with_a_village(indicators)
    await indicators.patch("/areas/isserstedt", {"name": {"de": "Isserstedt"}}, 1)
    assert (await audited(indicators)).unchecked_areas == []
    release = await indicators.made("/releases", NOTHING_NEW)
    assert (release["figures"], release["published"]) == (0, 0)


async def test_a_new_version_of_an_area_touches_the_days_on_which_it_stands(
    indicators: Door, database_url: str
) -> None:
    """The village joins on a day: figures before are what they were."""
    await with_a_village(indicators)
    version = {"valid_from": "2025-01-01", "name": {"de": "Isserstedt"}, "parent": "jena"}
    await indicators.made("/areas/isserstedt/versions", version)
    audit = await audited(indicators)
    assert (audit.safe, audit.unchecked_areas) == (True, ["isserstedt"])
    await indicators.made("/releases", NOTHING_NEW)
    assert len(await why(indicators, database_url)) == 1
    back = {"valid_from": "2024-01-01"}
    answer = await indicators.patch(
        "/areas/isserstedt?on=1995-01-01", {"valid_to": "2024-01-01"}, 2
    )
    assert answer.status_code == 200, answer.text
    answer = await indicators.patch("/areas/isserstedt?on=2025-01-01", back, 3)
    assert answer.status_code == 200, answer.text
    assert not (await audited(indicators)).safe
    await indicators.made("/releases", NOTHING_NEW)
    assert len(await why(indicators, database_url)) == 2
    assert (await audited(indicators)).safe


async def test_an_area_between_moves_all_below_it(indicators: Door, database_url: str) -> None:
    """A quarter without figures of its own takes its streets along."""
    await equip(indicators)
    await indicators.made(
        "/area-levels", {"key": "strasse", "name": {"de": "Straße"}, "position": 5}
    )
    await indicators.made("/areas", area("viertel", "statistischer-bezirk", "wartburgkreis"))
    for street in ("a-strasse", "b-strasse"):
        await indicators.made("/areas", area(street, "strasse", "viertel"))
    figures = {"jena": 30, "lobeda-west": 10, "winzerla": 10, "a-strasse": 8, "b-strasse": 2}
    await released(
        indicators, tidy(*(f"{place},{PERIOD},empfaenger,,{n}" for place, n in figures.items()))
    )
    assert (await audited(indicators)).safe
    await indicators.patch("/areas/viertel", {"parent": "jena"}, 1)
    assert not (await audited(indicators)).safe
    await indicators.made("/releases", NOTHING_NEW)
    assert (await audited(indicators)).safe
    assert len(await why(indicators, database_url)) == 2


def ages(**parents: str | None) -> list[dict[str, Any]]:
    """A code list of ages."""
    return [
        {"code": code, "name": {"de": code}, "parent": parent} for code, parent in parents.items()
    ]


async def test_attributes_that_are_put_within_others_are_checked_again(
    indicators: Door, database_url: str
) -> None:
    await equip(indicators)
    flat = ages(U18=None, UE18=None, U06=None, U618=None)
    await indicators.made(
        "/dimensions",
        {
            "key": "alter",
            "code": "ALT",
            "name": {"de": "Alter"},
            "total": {"de": "Insgesamt"},
            "attributes": flat,
        },
    )
    figures = {"": 40, "U18": 12, "UE18": 28, "U06": 2, "U618": 10}
    rows = [f"jena,{PERIOD},empfaenger,{age},{n}" for age, n in figures.items()]
    await released(indicators, tidy(*rows, header="area,period,indicator,ALT,value"))
    assert await why(indicators, database_url) == {("jena", "ALT=U06"): "threshold:3"}
    nested = {"attributes": ages(U18=None, UE18=None, U06="U18", U618="U18")}
    answer = await indicators.patch("/dimensions/alter", nested, 1)
    assert answer.status_code == 200, answer.text
    audit = await audited(indicators)
    assert (audit.safe, audit.unchecked_dimensions) == (False, ["ALT"])
    await indicators.made("/releases", NOTHING_NEW)
    audit = await audited(indicators)
    assert (audit.safe, audit.unchecked_dimensions) == (True, [])
    assert await why(indicators, database_url) == {
        ("jena", "ALT=U06"): "threshold:3",
        ("jena", "ALT=U618"): "secondary",
    }


async def test_the_command_line_says_that_areas_have_moved(
    indicators: Door, database_url: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    await with_a_village(indicators)
    await indicators.patch("/areas/isserstedt", {"parent": "jena"}, 1)
    key = indicators.municipality.key
    assert await verify.audit(database_url, settings, key) == 1
    said = capsys.readouterr().err
    assert "isserstedt" in said
    assert "the next release checks" in " ".join(said.split())


async def test_a_release_without_deliveries_computes_and_shows_the_same(indicators: Door) -> None:
    await with_a_village(indicators)
    before = await columns(indicators.as_(), ASK)
    release = await indicators.made("/releases", NOTHING_NEW)
    assert (release["number"], release["deliveries"]) == (2, [])
    assert await columns(indicators.as_(), ASK) == before
