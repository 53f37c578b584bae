"""The boards of Jena, filled with invented people: who is missing is named as one would say it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from services.contracts.shared.base import Request
from services.demo.jena import TOWN
from tests.support.towns import Door

ON = "2026-01-15"
GROUPS = ("Fraktion A", "Fraktion B", "Fraktion C")

NOBODY_FOR = {
    "programmbeirat-abi": {
        "politik": "Niemand vertritt „Politik“.",
        "sozialverbaende": "Niemand vertritt „Sozialverbände“.",
        "wissenschaft": "Niemand vertritt „Wissenschaft“.",
        "wirtschaft": "Niemand vertritt „Wirtschaft“.",
        "verwaltung": "Niemand vertritt „Verwaltung“.",
        "jenarbeit": "jenarbeit - Jobcenter der Stadt Jena hat für „jenarbeit“ niemanden benannt.",
    },
    "projektbeirat-biwaq": {
        "migration-integration": (
            "Der Sitz „Beauftragte für Migration und Integration“ ist unbesetzt."
        ),
        "integrationsmanagement": "Der Sitz „Integrationsmanagement“ ist unbesetzt.",
        "menschen-mit-behinderungen": (
            "Der Sitz „Beauftragter für Menschen mit Behinderungen“ ist unbesetzt."
        ),
        "gleichstellung": "Der Sitz „Gleichstellungsbeauftragte“ ist unbesetzt.",
        "team-stadtumbau": "Team Stadtumbau hat für „Team Stadtumbau“ niemanden benannt.",
        "jenarbeit": "jenarbeit - Jobcenter der Stadt Jena hat für „jenarbeit“ niemanden benannt.",
        "jenawirtschaft": (
            "JenaWirtschaft - Wirtschaftsförderung hat für „JenaWirtschaft“ niemanden benannt."
        ),
        "awo-mitte-west-thueringen": (
            "AWO Regionalverband Mitte-West-Thüringen hat für „AWO Regionalverband "
            "Mitte-West-Thüringen“ niemanden benannt."
        ),
    },
    "planungsbeirat-lsz": {
        "leitung": (
            "Der Sitz „Leitung des Dezernats für Familie, Bildung und Soziales“ ist unbesetzt."
        ),
        "fraktionen-a": "Fraktion A hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "fraktionen-b": "Fraktion B hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "fraktionen-c": "Fraktion C hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "paritaetischer": (
            "Paritätischer Wohlfahrtsverband hat für „Paritätischer Wohlfahrtsverband“ niemanden "
            "benannt."
        ),
        "buendnis-fuer-familie": (
            "Jenaer Bündnis für Familie hat für „Jenaer Bündnis für Familie“ niemanden benannt."
        ),
        "fachdienst-soziales": "Der Sitz „Leitung des Fachdienstes Soziales“ ist unbesetzt.",
        "fachdienst-jugend-und-bildung": (
            "Der Sitz „Leitung des Fachdienstes Jugend und Bildung“ ist unbesetzt."
        ),
        "fachdienst-gesundheit": "Der Sitz „Leitung des Fachdienstes Gesundheit“ ist unbesetzt.",
        "fachdienst-jugendhilfe": "Der Sitz „Leitung des Fachdienstes Jugendhilfe“ ist unbesetzt.",
        "gleichstellungsbeauftragte": "Der Sitz „Gleichstellungsbeauftragte“ ist unbesetzt.",
    },
    "lenkungsgruppe-armutspraevention": {
        "dezernent": (
            "Der Sitz „Bürgermeister und Dezernent für Familie, Bildung und Soziales“ ist "
            "unbesetzt."
        ),
        "planungskoordination": "Der Sitz „Planungskoordinator“ ist unbesetzt.",
        "sozialplanung": "Der Sitz „Sozialplanerin“ ist unbesetzt.",
        "fraktionen-a": "Fraktion A hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "fraktionen-b": "Fraktion B hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "fraktionen-c": "Fraktion C hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "jenawirtschaft": (
            "JenaWirtschaft - Wirtschaftsförderung hat für „Wirtschaftsförderung“ niemanden "
            "benannt."
        ),
        "paritaetischer": (
            "Paritätischer Wohlfahrtsverband hat für „Paritätischer Wohlfahrtsverband“ niemanden "
            "benannt."
        ),
        "agentur-fuer-arbeit": "Agentur für Arbeit hat für „Agentur für Arbeit“ niemanden benannt.",
        "jenarbeit": "jenarbeit - Jobcenter der Stadt Jena hat für „jenarbeit“ niemanden benannt.",
        "institut-fuer-soziologie": (
            "Institut für Soziologie hat für „Friedrich-Schiller-Universität Jena, Institut für "
            "Soziologie“ niemanden benannt."
        ),
        "fachbereich-sozialwesen": (
            "Fachbereich Sozialwesen hat für „Ernst-Abbe-Hochschule, Fachbereich Sozialwesen“ "
            "niemanden benannt."
        ),
        "sozialverbaende": "Niemand vertritt „Sozialverbände“.",
        "religionsgemeinschaften": "Niemand vertritt „Religionsgemeinschaften“.",
    },
}
"""Body -> seat (and group) -> what one says when nobody is there."""
SENDERS = {
    "politik": "fraktion-a",
    "sozialverbaende": "awo-mitte-west-thueringen",
    "wissenschaft": "universitaet-jena",
    "wirtschaft": "jenawirtschaft",
    "verwaltung": "stadt-jena",
    "religionsgemeinschaften": None,
}
each_board = pytest.mark.parametrize("body", NOBODY_FOR)


def demo(collection: str, body: str | None = None) -> Sequence[Mapping[str, Any]]:
    """What the demo says of Jena, as it is sent."""
    items: list[Request] = [
        item for of in TOWN.resources if of.collection == collection for item in of.items
    ]
    sent = [item.model_dump(mode="json") for item in items]
    return [one for one in sent if body in (None, one.get("body"), one["key"])]


@pytest.fixture(autouse=True)
async def topics(indicators: Door) -> None:
    """What the boards are in charge of is a matter of the indicators."""
    for one in demo("topics"):
        await indicators.made("/topics", one)


async def founded(door: Door, body: str) -> None:
    """Jena with one of its boards, as the demo has it, and three invented council groups."""
    for organisation in demo("organisations"):
        await door.made("/organisations", organisation)
    for name in GROUPS:
        group = {"key": name.lower().replace(" ", "-"), "name": {"de": name}}
        await door.made("/organisations", {**group, "kind": "council_group"})
    for collection in ("bodies", "seats", "composition-rules"):
        for one in demo(collection, body):
            await door.made(f"/{collection}", one)


async def appointed(door: Door, body: str) -> None:
    """Somebody on every place: Erika Mustermann 1, 2, 3."""
    for number, place in enumerate(NOBODY_FOR[body], 1):
        seat, _, group = (
            place.partition("-") if place.startswith("fraktionen-") else (place, "", "")
        )
        person = {"key": f"p-{number}", "given_name": f"Erika {number}"}
        await door.made("/persons", {**person, "family_name": "Mustermann"})
        sender = f"fraktion-{group}" if group else SENDERS.get(seat)
        new = {"key": f"m-{number}", "person": f"p-{number}", "body": body, "voting": True}
        days = {"starts_on": "2024-07-01", "on_behalf_of": sender}
        await door.made("/memberships", {**new, **days, "seat": f"{body}-{seat}"})


async def composition(door: Door, body: str) -> dict[str, Any]:
    answer = await door.get(f"/bodies/{body}/composition?on={ON}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@each_board
async def test_without_any_one_member_exactly_that_one_is_named(boards: Door, body: str) -> None:
    await founded(boards, body)
    await appointed(boards, body)
    whole = await composition(boards, body)
    assert (whole["complete"], whole["lawful"], whole["violations"]) == (True, True, [])
    places = list(NOBODY_FOR[body])
    assert (whole["members"], whole["voting_members"]) == (len(places), len(places))
    for number, place in enumerate(places, 1):
        await boards.patch(f"/memberships/m-{number}", {"ends_on": "2025-12-31"}, 1)
        found = await composition(boards, body)
        assert not found["complete"]
        (violation,) = found["violations"]
        assert violation["text"]["de"] == NOBODY_FOR[body][place]
        assert (violation["code"], violation["since"]) == ("vacant", "2026-01-01")
        back = await boards.patch(f"/memberships/m-{number}", {"ends_on": None}, 2)
        assert back.status_code == 200, back.text


@each_board
async def test_of_an_empty_board_every_place_is_named_once(boards: Door, body: str) -> None:
    await founded(boards, body)
    found = await composition(boards, body)
    said = [violation["text"]["de"] for violation in found["violations"]]
    assert sorted(said) == sorted(NOBODY_FOR[body].values())


async def test_the_planning_board_is_chaired_by_the_head_of_the_department(boards: Door) -> None:
    body = "planungsbeirat-lsz"
    await founded(boards, body)
    await appointed(boards, body)
    other = list(NOBODY_FOR[body]).index("paritaetischer") + 1
    await boards.patch(f"/memberships/m-{other}", {"role": "chair"})
    (violation,) = (await composition(boards, body))["violations"]
    assert (violation["code"], violation["rule"]) == ("wrong_chair", "planungsbeirat-lsz-vorsitz")
    assert violation["text"]["de"] == (
        "Den Vorsitz hat, wem er nicht zusteht; er steht zu: „Leitung des Dezernats für Familie, "
        "Bildung und Soziales“."
    )


async def test_the_steering_group_needs_every_part_of_society(boards: Door) -> None:
    body = "lenkungsgruppe-armutspraevention"
    await founded(boards, body)
    await appointed(boards, body)
    for seat in ("institut-fuer-soziologie", "fachbereich-sozialwesen"):
        await boards.patch(f"/seats/{body}-{seat}", {"ends_on": "2025-12-31"})
        number = list(NOBODY_FOR[body]).index(seat) + 1
        await boards.patch(f"/memberships/m-{number}", {"ends_on": "2025-12-31"})
    (violation,) = (await composition(boards, body))["violations"]
    assert violation["text"]["de"] == "Der Bereich Wissenschaft ist nicht vertreten."


async def test_after_an_election_the_new_group_is_asked_to_name_somebody(boards: Door) -> None:
    body = "planungsbeirat-lsz"
    await founded(boards, body)
    await appointed(boards, body)
    await boards.patch("/organisations/fraktion-b", {"ends_on": "2026-06-30"})
    new = {"key": "fraktion-d", "name": {"de": "Fraktion D"}, "kind": "council_group"}
    await boards.made("/organisations", {**new, "starts_on": "2026-07-01"})
    ahead = (await boards.get(f"/bodies/{body}/composition/forecast?on={ON}")).json()
    (change,) = ahead["changes"]
    assert [violation["text"]["de"] for violation in change["appears"]] == [
        "Fraktion D hat für „Fraktionen im Stadtrat“ niemanden benannt.",
        "Fraktion B besteht seit dem 1. Juli 2026 nicht mehr und hat keinen Platz auf „Fraktionen "
        "im Stadtrat“.",
    ]
    (asked,) = (await boards.get(f"/nominations?on={ON}")).json()["organisations"]
    assert (asked["organisation"], asked["nominations"][0]["due_on"]) == (
        "fraktion-d",
        "2026-07-01",
    )
