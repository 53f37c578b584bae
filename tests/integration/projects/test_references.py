"""What projects point to in other services: checked, remembered, kept fresh."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.references import ReferenceResource
from services.kit.clients import Peer
from services.kit.identity import Signer
from services.kit.problems import Problem, UpstreamTimeout
from services.projects.references import commands, events
from tests.integration.projects.neighbour import Neighbour
from tests.integration.projects.samples import PROGRAMME, PROJECT
from tests.support.following import followers, journal
from tests.support.towns import Door

Neighbours = dict[str, Neighbour]
LONE = {**PROJECT, "programmes": []}


async def names(door: Door, resource: str, keys: str) -> dict[str, str]:
    answer = await door.get(f"/references?resource={resource}&keys={keys}")
    assert answer.status_code == 200, answer.text
    return {item["key"]: item["name"]["de"] for item in answer.json()}


async def test_a_frontend_gets_the_names_of_what_projects_point_to(projects: Door) -> None:
    await projects.made("/projects", LONE)
    door = projects.as_()
    assert await names(door, "organisations", "landratsamt,unheard") == {
        "landratsamt": "Landratsamt"
    }
    assert await names(door, "areas", "bad-salzungen") == {"bad-salzungen": "Bad-Salzungen"}
    assert await names(door, "bodies", "landratsamt") == {}
    for query in ("resource=planets&keys=x1", "resource=areas", "resource=areas&keys=A%20b"):
        assert (await door.get(f"/references?{query}")).status_code == 422


async def test_what_is_known_is_not_asked_for_again(projects: Door, neighbours: Neighbours) -> None:
    await projects.made("/projects", LONE)
    asked = sorted(neighbours["boards"].calls + neighbours["indicators"].calls)
    base = f"/v1/{projects.municipality.key}"
    assert asked == [
        f"{base}/areas/bad-salzungen",
        f"{base}/bodies/praeventionsnetz",
        f"{base}/organisations/landratsamt",
    ]
    neighbours["boards"].away = neighbours["indicators"].away = True
    await projects.made("/projects", {**LONE, "key": "second"})


@pytest.mark.parametrize("service", ["boards", "indicators"])
async def test_while_a_neighbour_is_away_nothing_new_is_pointed_to_and_nothing_stored(
    projects: Door, neighbours: Neighbours, service: str
) -> None:
    neighbours[service].away = True
    refused = await projects.post("/projects", LONE, headers={"Idempotency-Key": "click"})
    assert refused.status_code == 503, refused.text
    assert int(refused.headers["retry-after"]) > 0
    assert (await projects.get("/projects")).json()["items"] == []
    assert await names(projects, "organisations", "landratsamt") == {}
    neighbours[service].away = False
    again = await projects.post("/projects", LONE, headers={"Idempotency-Key": "click"})
    assert again.status_code == 201


async def test_a_neighbour_that_is_too_slow_is_as_good_as_away(
    projects: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_slow(*_: object) -> None:
        raise UpstreamTimeout("The boards service took too long.")

    monkeypatch.setattr(commands, "read", too_slow)
    refused = await projects.post("/projects", LONE)
    assert refused.status_code == 503
    assert (await projects.get("/projects")).json()["items"] == []


async def test_many_at_once_learn_the_same_name_once(
    projects: Door, neighbours: Neighbours
) -> None:
    answers = await asyncio.gather(
        *(projects.post("/projects", {**LONE, "key": f"projekt-{n}"}) for n in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len(neighbours["boards"].calls) == 2


async def test_a_uuid_is_not_the_key_of_an_organisation(projects: Door) -> None:
    partner = {"organisation": "0193d3a4-5b6c-7d8e-9f00-112233445566", "role": "lead"}
    refused = await projects.post("/projects", {**LONE, "partners": [partner]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/partners/0/organisation"


async def test_a_new_name_arrives_and_is_told_once(
    projects: Door, neighbours: Neighbours, apps: dict[str, FastAPI]
) -> None:
    town, boards = projects.municipality, neighbours["boards"]
    await projects.made("/projects", LONE)
    address = f"/v1/{town.key}/organisations/landratsamt"
    boards.known[address] = {"name": {"de": "Landratsamt Wartburgkreis"}}
    for subject in ("organisations/landratsamt", "organisations/unheard", "meetings/first"):
        boards.tell(town, "boards.organisation.changed.v1", subject)
    boards.tell(town, "boards.organisation.changed.v1", "organisations/landratsamt")
    follower = followers(apps["projects"])["references-boards"]
    await follower.catch_up()
    assert await names(projects, "organisations", "landratsamt") == {
        "landratsamt": "Landratsamt Wartburgkreis"
    }
    told = await journal(apps["projects"], town, "projects.reference.changed.v1")
    assert told == ["references/organisations/landratsamt"]
    assert await follower.catch_up() == 0
    assert await follower.lag() == 0


async def test_an_area_is_followed_as_well(
    projects: Door, neighbours: Neighbours, apps: dict[str, FastAPI]
) -> None:
    town, indicators = projects.municipality, neighbours["indicators"]
    await projects.made("/projects", LONE)
    indicators.known[f"/v1/{town.key}/areas/bad-salzungen"] = {"name": {"de": "Bad Salzungen"}}
    indicators.tell(town, "indicators.area.changed.v1", "areas/bad-salzungen")
    await followers(apps["projects"])["references-indicators"].catch_up()
    assert await names(projects, "areas", "bad-salzungen") == {"bad-salzungen": "Bad Salzungen"}


async def test_what_is_hidden_over_there_gives_no_name_here(
    projects: Door, neighbours: Neighbours, apps: dict[str, FastAPI]
) -> None:
    town, boards = projects.municipality, neighbours["boards"]
    await projects.made("/projects", LONE)
    address = f"/v1/{town.key}/organisations/landratsamt"
    boards.known[address] = {"visibility": "administration"}
    boards.tell(town, "boards.organisation.changed.v1", "organisations/landratsamt")
    await followers(apps["projects"])["references-boards"].catch_up()
    assert await names(projects.as_(), "organisations", "landratsamt") == {}
    assert await names(projects.as_("member"), "organisations", "landratsamt") == {}
    assert len(await names(projects.as_("planner"), "organisations", "landratsamt")) == 1


async def test_a_follower_that_dies_half_way_does_each_entry_once_afterwards(
    projects: Door,
    apps: dict[str, FastAPI],
    signer: Signer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town, app, boards = projects.municipality, apps["projects"], Neighbour()
    partners = [{"organisation": f"amt-{n}", "role": "lead"} for n in range(3)]
    await projects.made("/projects", {**LONE, "partners": partners})
    for n in range(3):
        boards.known[f"/v1/{town.key}/organisations/amt-{n}"] = {"name": {"de": f"Neu {n}"}}
        boards.tell(town, "boards.organisation.changed.v1", f"organisations/amt-{n}")
    peer = Peer("boards", "http://boards", signer, boards)
    refresh, asked = events.refresh, []

    async def dies_at_the_third(session: AsyncSession, peer: Peer, resource: str, key: str) -> None:
        await refresh(session, peer, resource, key)
        asked.append(key)
        if len(asked) == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(events, "refresh", dies_at_the_third)
    doomed = events.follower(peer, app.state.database, [ReferenceResource.organisations])
    with pytest.raises(asyncio.CancelledError):
        await doomed.catch_up()
    assert await journal(app, town, "projects.reference.changed.v1") == []
    monkeypatch.undo()
    after = events.follower(peer, app.state.database, [ReferenceResource.organisations])
    assert await after.catch_up() == 3
    assert await after.catch_up() == 0
    told = await journal(app, town, "projects.reference.changed.v1")
    assert told == [f"references/organisations/amt-{n}" for n in range(3)]
    await peer.close()


async def test_a_name_that_changes_while_it_is_learned_is_not_missed(
    projects: Door, neighbours: Neighbours, apps: dict[str, FastAPI]
) -> None:
    town, boards = projects.municipality, neighbours["boards"]
    follower = followers(apps["projects"])["references-boards"]
    boards.gate.clear()
    boards.asked.clear()
    learning = asyncio.create_task(projects.post("/projects", LONE))
    await boards.asked.wait()
    boards.known[f"/v1/{town.key}/organisations/landratsamt"] = {"name": {"de": "Kreis"}}
    boards.tell(town, "boards.organisation.changed.v1", "organisations/landratsamt")
    following = asyncio.create_task(follower.catch_up())
    await asyncio.sleep(0.1)
    boards.gate.set()
    assert (await learning).status_code == 201
    await following
    assert await names(projects, "organisations", "landratsamt") == {"landratsamt": "Kreis"}


async def test_a_follower_waits_for_a_neighbour_that_is_away(
    projects: Door, neighbours: Neighbours, apps: dict[str, FastAPI]
) -> None:
    town, boards = projects.municipality, neighbours["boards"]
    await projects.made("/programmes", PROGRAMME)
    boards.known[f"/v1/{town.key}/organisations/freistaat-thueringen"] = {
        "name": {"de": "Freistaat Thüringen"}
    }
    follower = followers(apps["projects"])["references-boards"]
    boards.away = True
    boards.tell(town, "boards.organisation.changed.v1", "organisations/freistaat-thueringen")
    with pytest.raises(Problem):
        await follower.catch_up()
    boards.away = False
    await follower.catch_up()
    assert await names(projects, "organisations", "freistaat-thueringen") == {
        "freistaat-thueringen": "Freistaat Thüringen"
    }
