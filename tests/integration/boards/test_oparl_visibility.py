"""Whatever is hidden and shown again, in whatever order: OParl shows what everybody may see."""

from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.boards.oparl import commands
from services.kit.database import Database, enter
from tests.integration.boards.council import a_consultation, a_paper, everything, text
from tests.integration.boards.filing import kept
from tests.support.oparl import LISTS, Reader
from tests.support.towns import Door, actor

SINCE = "modified_since=2026-01-01T00:00:00Z"
SECRET = "Geheimnis"
PLACES = {
    "/organisations/dezernat-4": "name",
    "/bodies/planungsbeirat": "name",
    "/bodies/lenkungsgruppe": "name",
    "/persons/p-1": "title",
    "/memberships/m-1": "",
    "/meetings/sitzung-1": "name",
    "/papers/vorlage-1": "title",
    "/papers/vorlage-2": "title",
    "/seats/sitz": "name",
    "/legislative-terms/wahlperiode": "name",
}
"""What is hidden and shown, and the field in which its secret stands."""
ITEM = "/meetings/sitzung-1/agenda-items/a-1"
SEEN = {
    "bodies": "organizations",
    "organisations": "organizations",
    "persons": "persons",
    "memberships": "memberships",
    "meetings": "meetings",
    "papers": "papers",
    "consultations": "consultations",
    "files": "files",
    "legislative-terms": "legislative-terms",
    "meetings/sitzung-1/agenda-items": "agenda-items",
}
"""Our collection -> the list of OParl that shows it."""
steps = st.lists(
    st.tuples(
        st.sampled_from([*PLACES, ITEM]), st.sampled_from(["public", "members", "administration"])
    ),
    min_size=5,
    max_size=10,
)


async def a_town(door: Door) -> None:
    await everything(door)
    consents = [{"field": "name", "given_on": "2026-01-01", "text_version": "1"}]
    await changed(door, "/persons/p-1", {"consents": consents})
    await door.made("/legislative-terms", {"key": "wahlperiode", "name": text("Wahlperiode")})
    await door.made("/papers", a_paper("vorlage-2", superordinate=["vorlage-1"]))
    consultation = a_consultation("c-2", meeting="sitzung-1", agenda_item="a-1")
    await door.made("/consultations", {**consultation, "paper": "vorlage-2"})
    for kind, subject in (("meeting", "sitzung-1"), ("agenda_item", "a-1"), ("paper", "vorlage-1")):
        await kept(door, subject_kind=kind, subject=subject, role="auxiliary")


async def changed(door: Door, address: str, patch: dict[str, Any]) -> None:
    revision = int((await door.get(address)).headers["etag"].strip('"r'))
    answer = await door.patch(address, patch, revision)
    assert answer.status_code == 200, answer.text


def a_step(place: str, visibility: str) -> dict[str, Any]:
    """Hidden things get a secret into their names, shown ones lose it."""
    words = "Bekannt" if visibility == "public" else f"{SECRET} {visibility}"
    if place == ITEM:
        return {"public": visibility == "public", "title": text(words)}
    field = PLACES[place]
    said = words if field == "title" and place.startswith("/persons") else text(words)
    return {"visibility": visibility, **({field: said} if field else {})}


async def ids(door: Door, collection: str) -> set[str]:
    """What everybody reads at our own addresses."""
    answer = await door.as_().get(f"/{collection}")
    items = answer.json()["items"] if answer.status_code == 200 else []
    return {item["id"] for item in items}


async def check(door: Door, database: Database, shown: set[str]) -> None:
    """OParl shows exactly what everybody sees; what it once showed is there or a stub."""
    world = Reader(door)
    told: dict[str, set[str]] = {}
    for name in LISTS:
        page = await world.get(name)
        assert SECRET not in page.text, name
        assert SECRET not in (await world.get(f"{name}?{SINCE}")).text, name
        told[name] = {one["id"].rsplit("/", 1)[1] for one in page.json()["data"]}
        shown |= {f"{name}/{one}" for one in told[name]}
    ours: dict[str, set[str]] = {}
    for collection, name in SEEN.items():
        ours.setdefault(name, set()).update(await ids(door, collection))
    assert {name: told[name] for name in ours} == ours
    for address in shown:
        one = await world.one(f"{world.system}/{address}")
        name, identifier = address.split("/")
        assert ("deleted" in one) == (identifier not in told[name]), address
    async with database.sessions() as session:
        await enter(session, actor(door.municipality, ("administrator",)))
        assert await commands.rebuild(session) == 0


def stories() -> list[list[tuple[str, str]]]:
    """Drawn first and lived afterwards: a town cannot wait for a strategy."""
    told: list[list[tuple[str, str]]] = []

    @settings(
        max_examples=4,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps)
    def draw(story: list[tuple[str, str]]) -> None:
        told.append(story)

    draw()
    return told


ONE_BY_ONE = [(place, to) for place in (*PLACES, ITEM) for to in ("members", "public")]


@pytest.mark.parametrize("story", [ONE_BY_ONE, *stories()])
async def test_nothing_that_is_hidden_is_ever_told(
    boards: Door, apps: dict[str, FastAPI], story: list[tuple[str, str]]
) -> None:
    database: Database = apps["boards"].state.database
    shown: set[str] = set()
    await a_town(boards)
    await check(boards, database, shown)
    for place, visibility in story:
        await changed(boards, place, a_step(place, visibility))
        await check(boards, database, shown)
