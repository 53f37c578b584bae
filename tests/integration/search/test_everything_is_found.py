"""Everything that somebody may see is found by them, in all services, and stays so."""

from datetime import timedelta
from typing import Any

import asyncpg
from fastapi import FastAPI
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.search.declared import INDEX as BOARDS
from services.commands import verify
from services.contracts.shared.access import Municipality, Role
from services.contracts.shared.search import SERVICES
from services.gateway.app import create_app
from services.indicators.search.declared import INDEX as INDICATORS
from services.kit.app import service
from services.kit.database import municipality_of
from services.kit.jobs import Jobs, Work
from services.kit.search import keeping
from services.kit.search.routes import search_router
from services.kit.search.searching import REMAKE, Searching
from services.kit.settings import Settings
from services.projects.search.declared import INDEX as PROJECTS
from tests.integration.boards.council import a_meeting, an_item
from tests.integration.gateway.conftest import client_of, opened
from tests.integration.gateway.whole import a_grant, the_boards, the_projects, the_services
from tests.integration.search.asking import BOARD, COUNCIL, found, keys, paper, suggested
from tests.support.documents import PDF
from tests.support.towns import Door, actor

INDEXES = {"boards": BOARDS, "indicators": INDICATORS, "projects": PROJECTS}
Apps = dict[str, FastAPI]
EVERYBODY, OFFICE = None, "planner"
THERE = {
    "Koordination": ("positions/koordination", EVERYBODY, ()),
    "Bestandsanalyse": ("planning-tasks/bestandsanalyse", EVERYBODY, ()),
    "8. Wahlperiode": ("legislative-terms/wahl-1", EVERYBODY, ()),
    "Bescheide": ("implementations/bescheide", EVERYBODY, ()),
    "Jobladen": ("measures/jobladen", EVERYBODY, ()),
    "Jahresgespräch": ("obligations/jahresgespraech", OFFICE, ("secretary", "member", None)),
    "Jahreslieferung": ("slots/jahreslieferung", OFFICE, ("member", None)),
}
"""What is asked -> what is found first, by whom, and who learns nothing of it."""


def as_(gate: Door, role: str | None) -> Door:
    return gate.as_(Role(role)) if role else gate.as_()


async def wrong(apps: Apps, service: str, town: Municipality) -> list[str]:
    """What `planraum verify search` would name."""
    office = actor(town, ["administrator"])
    async with apps[service].state.database.writing(office) as session:
        return await keeping.compare(session, INDEXES[service])


async def test_in_a_whole_town_is_found_what_is_there_by_whoever_may_read_it(
    apps: Apps, town: Municipality, boards: Door, projects: Door, indicators: Door, gate: Door
) -> None:
    await the_services(boards, indicators, projects)
    assert {name: await wrong(apps, name, town) for name in INDEXES} == {
        name: [] for name in INDEXES
    }
    for q, (first, reader, others) in THERE.items():
        answer = await found(as_(gate, reader), q)
        assert (answer["missing"], answer["in_preparation"]) == ([], [])
        hit = answer["hits"][0]
        assert f"{hit['category']}/{hit['key']}" == first
        door = {"obligations": projects, "slots": indicators}.get(hit["category"])
        for other in others:
            assert door is not None
            assert (await as_(door, other).get(hit["address"])).status_code in (401, 403, 404)
            answer = await found(as_(gate, other), q)
            assert hit["category"] not in {one["category"] for one in answer["categories"]}
            assert hit["key"] not in await suggested(as_(gate, other), q)
        # Nor is the word known to others.
        for other in (reader, *others) if others else ():
            meant = (await found(as_(gate, other), f"{q}x"))["did_you_mean"]
            assert meant == (q if other == reader else None)


async def test_an_item_of_an_agenda_is_found_where_it_is_read(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", COUNCIL)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    open_, closed = ("Sozialticket", True), ("Grundstückskauf", False)
    for number, (title, public) in enumerate((open_, closed), 1):
        item = an_item(str(number), key=f"punkt-{number}", title={"de": title})
        await boards.made("/meetings/sitzung-1/agenda-items", {**item, "public": public})
    (hit,) = (await found(gate.as_(), "Sozialticket"))["hits"]
    assert hit["category"] == "agenda-items"
    read = await boards.as_().get(hit["address"])
    assert read.json()["title"] == {"de": "Sozialticket"}
    assert (await found(gate.as_(), "Grundstückskauf"))["total"] == 0
    assert keys(await found(gate, "Grundstückskauf")) == ["punkt-2"]


async def test_a_file_is_found_as_long_as_what_it_belongs_to_may_be_seen(
    apps: Apps, town: Municipality, boards: Door, gate: Door
) -> None:
    await boards.made("/bodies", COUNCIL)
    await boards.made("/meetings", a_meeting(body="stadtrat"))
    said = {"file_name": "Praesentation.pdf", "name": "Folien zum Sozialticket"}
    belongs = {"subject_kind": "meeting", "subject": "sitzung-1"}
    kind = {"Content-Type": "application/pdf"}
    sent = await boards.post("/files", content=PDF, params={**said, **belongs}, headers=kind)
    assert sent.status_code == 201, sent.text
    key = sent.json()["key"]
    assert keys(await found(gate.as_(), "Sozialticket")) == [key]
    assert keys(await found(gate.as_(), "Praesentation.pdf")) == [key]
    # The file belongs to a meeting, and that to a body.
    for revision, visibility, seen in ((1, "administration", []), (2, "public", [key])):
        await boards.patch("/bodies/stadtrat", {"visibility": visibility}, revision)
        assert keys(await found(gate.as_(), "Sozialticket")) == seen
        assert await wrong(apps, "boards", town) == []


async def test_a_position_is_hidden_with_the_grant_that_pays_it(
    apps: Apps, town: Municipality, boards: Door, projects: Door, gate: Door
) -> None:
    await the_boards(boards)
    await the_projects(projects)
    position = {
        "key": "lotsin",
        "title": {"de": "Familienlotsin"},
        "count": 1,
        "starts_on": "2023-01-01",
        "employer": "amt",
        "project": "sozialplanung",
        "state": "vacant",
        "funding": [{"grant": "zweiter", "share": "50", "starts_on": "2023-01-01"}],
    }
    await projects.made("/grants", a_grant("zweiter"))
    await projects.made("/positions", position)
    assert keys(await found(gate.as_(), "Familienlotsin")) == ["lotsin"]
    hidden = await projects.patch("/grants/zweiter", {"visibility": "administration"})
    assert hidden.status_code == 200, hidden.text
    assert keys(await found(gate.as_(), "Familienlotsin")) == []
    assert await wrong(apps, "projects", town) == []


async def test_an_answer_without_a_service_says_what_is_missing(
    apps: Apps,
    settings: Settings,
    database_url: str,
    town: Municipality,
    boards: Door,
    gate: Door,
) -> None:
    async def away(*_: object) -> None:
        raise ConnectionError

    await boards.made("/bodies", BOARD)
    missing = [str(one) for one in SERVICES["projects"]]
    without = create_app(settings, database_url, {**apps, "projects": away})
    nothing = create_app(settings, database_url, dict.fromkeys(apps, away))
    async with opened(without), opened(nothing):
        partial = Door(client_of(without.inner), gate.signer, town)
        answer = await found(partial, "Armutsprävention")
        assert (keys(answer), answer["missing"]) == (["beirat"], missing)
        assert answer["in_preparation"] == []
        # What was probably meant is told as well, and what is missing of its hits.
        answer = await found(partial, "Armutspräventon")
        assert (answer["corrected"], answer["missing"]) == (True, missing)
        typed = await partial.get("/suggestions", params={"q": "Armutspr"})
        assert [one["key"] for one in typed.json()["suggestions"]] == ["beirat"]
        assert typed.json()["missing"] == missing
        for address in ("/search", "/suggestions"):
            refused = await Door(client_of(nothing.inner), gate.signer, town).get(
                address, params={"q": "Armut"}
            )
            assert refused.status_code == 503


_OLD = """
    UPDATE search_document SET title = '{"de": "von gestern"}' WHERE municipality_id = $1
        AND key = 'beirat'"""
_STRAY = """
    INSERT INTO search_document (municipality_id, collection, key, title, body, names, vector)
    SELECT $1, 'papers', 'nie-gewesen', '{}', '{}', '{}', '''=papier'':1A'::tsvector"""
_UNKNOWN = "DELETE FROM search_stand WHERE municipality_id = $1"


async def corrupted(database_url: str, town: Municipality) -> None:
    """One document is of yesterday, one should not be there, and nobody knows by which rules."""
    server = {"search_path": "boards", "app.municipality": str(town.id)}
    connection = await asyncpg.connect(database_url, server_settings=server)
    try:
        for change in (_OLD, _STRAY, _UNKNOWN):
            await connection.execute(change, town.id)
    finally:
        await connection.close()


async def test_what_is_not_found_as_it_is_is_named_and_mended(
    settings: Settings, database_url: str, town: Municipality, boards: Door
) -> None:
    await boards.made("/bodies", BOARD)
    await corrupted(database_url, town)
    for repair, number in ((False, 2), (False, 2), (True, 0), (False, 0)):
        assert await verify.search(database_url, settings, town.key, repair=repair) == number


class _Noted(Jobs):
    """Orders are written down and not done."""

    def __init__(self) -> None:
        super().__init__("boards")
        self.orders: list[tuple[str, int]] = []

    async def order(
        self, session: AsyncSession, name: str, after: timedelta | None = None, **data: Any
    ) -> None:
        self.orders.append((name, municipality_of(session).id))


async def test_after_an_upgrade_it_is_answered_from_what_there_is_until_it_is_made_anew(
    apps: Apps, settings: Settings, database_url: str, town: Municipality, boards: Door, gate: Door
) -> None:
    await boards.made("/bodies", BOARD)
    await boards.made("/papers", paper("papier", "Bericht über Papier"))
    await corrupted(database_url, town)
    assert await wrong(apps, "boards", town) == ["bodies/beirat", "papers/nie-gewesen"]
    jobs = _Noted()
    searching = Searching(BOARDS, jobs)
    anew = service(
        "boards",
        "Boards",
        "",
        [search_router(searching)],
        settings=settings,
        database_url=database_url,
        peers=[searching.ahead],
    )
    gateway = create_app(settings, database_url, {**apps, "boards": anew})
    async with opened(gateway, anew):
        door = Door(client_of(gateway.inner), gate.signer, town)
        answer = await found(door, "Armutsprävention")
        assert answer["in_preparation"] == [str(one) for one in SERVICES["boards"]]
        assert answer["hits"][0]["title"] == {"de": "von gestern"}
        await found(door, "Armutsprävention")
        assert jobs.orders.count((REMAKE, town.id)) == 1
        work = Work(anew.state.database, settings, actor(town, ["administrator"]), {})
        await searching.remake(work)
        answer = await found(door, "Armutsprävention")
        assert answer["hits"][0]["title"] == BOARD["name"]
        assert answer["in_preparation"] == []
    assert await wrong(apps, "boards", town) == []


async def test_a_service_that_starts_looks_after_its_towns_before_anybody_asks(
    apps: Apps, settings: Settings, database_url: str, town: Municipality, boards: Door
) -> None:
    await boards.made("/bodies", BOARD)
    await corrupted(database_url, town)
    jobs = _Noted()
    searching = Searching(BOARDS, jobs)
    await searching.look(apps["boards"].state.database)
    assert (REMAKE, town.id) in jobs.orders
    await searching.look(apps["boards"].state.database)
    assert jobs.orders.count((REMAKE, town.id)) == 1
