"""OParl 1.1, 2.8: what is withdrawn is a stub, and whatever it was part of says that it changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.boards.oparl import commands
from services.kit.database import Database, enter
from tests.integration.boards.council import (
    a_body,
    a_consultation,
    a_meeting,
    a_membership,
    a_paper,
    a_person,
    an_item,
    text,
)
from tests.integration.boards.filing import kept
from tests.integration.boards.sitting import MEMBERS, council, present, running
from tests.integration.boards.test_oparl_visibility import changed
from tests.support.copies import copied
from tests.support.documents import JPEG, PDF
from tests.support.oparl import Crawl, Reader, Standard, type_of
from tests.support.towns import Door, actor

Objects = Mapping[str, dict[str, Any]]
SINCE = "2026-01-01T01:00:00+01:00"
_TIMES = """regexp_replace({0}, '("(?:created|modified)"[ :]+)"[^"]*"', '\\1"' || $3 || '"', 'g')"""
LONG_AGO = f"""
    UPDATE boards.oparl_object SET created = $2, modified = $2,
        content = {_TIMES.format("content")},
        internal = {_TIMES.format("internal")}
    WHERE municipality_id = $1"""
"""Also where they stand in what is embedded."""
FILES = {
    "bild": ("person", "p-9", "image"),
    "einladung": ("meeting", "sitzung-1", "invitation"),
    "beschluss": ("agenda_item", "a-1", "resolution"),
    "anlage": ("agenda_item", "a-1", "auxiliary"),
    "vorlage": ("paper", "vorlage-1", "main"),
}


def consents(*fields: str) -> dict[str, Any]:
    given = {"given_on": "2026-01-01", "text_version": "1"}
    return {"consents": [{"field": field, **given} for field in fields]}


@pytest.fixture
@copied
async def whole(boards: Door) -> Door:
    """Something of each type, and everything that can be part of something else."""
    await council(boards)
    await running(boards)
    await boards.made("/legislative-terms", {"key": "wp", "name": text("Wahlperiode")})
    await boards.made("/bodies", a_body(parent="stadtrat"))
    person = a_person("p-9", visibility="public", address="Musterweg 1", **consents("name"))
    await boards.made("/persons", {**person, **consents("name", "address", "photo")})
    await boards.made("/memberships", a_membership("p-9", key="m-9", on_behalf_of="universitaet"))
    for key, place in (("sitzung-8", "Rathaus"), ("sitzung-9", "Volkshaus")):
        await boards.made("/meetings", a_meeting(key, location=text(place)))
    await boards.made("/meetings/sitzung-9/agenda-items", an_item(key="a-9"))
    named = {"originator_organisations": ["universitaet"], "originator_persons": ["p-9"]}
    await boards.made("/papers", a_paper(originator_bodies=["planungsbeirat"], **named))
    await boards.made("/papers", a_paper("vorlage-2", superordinate=["vorlage-1"]))
    advises = a_consultation(meeting="sitzung-9", agenda_item="a-9")
    await boards.made("/consultations", advises)
    decides = a_consultation("c-2", body="stadtrat", role="decides", meeting="sitzung-1")
    await boards.made("/consultations", {**decides, "agenda_item": "a-1"})
    await present(boards, *MEMBERS)
    for key, (kind, subject, role) in FILES.items():
        content, ending = (JPEG, "jpg") if kind == "person" else (PDF, "pdf")
        said = {"subject_kind": kind, "subject": subject, "role": role, "name": key}
        await kept(boards, content, file_name=f"{key}.{ending}", **said)
    return boards


def hidden(place: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return place, more or {"visibility": "members"}


CHANGES = {
    "an item that is closed": (
        hidden("/meetings/sitzung-1/agenda-items/a-1", public=False),
        {"AgendaItem": 1, "Consultation": 1, "File": 2},
        {"Meeting", "Paper"},
    ),
    "a consultation that is called off": (
        hidden("/consultations/c-1", state="cancelled"),
        {"Consultation": 1},
        {"Paper", "AgendaItem", "Meeting"},
    ),
    "a membership": (
        hidden("/memberships/m-9"),
        {"Membership": 1},
        {"Person", "Organization"},
    ),
    "a person": (
        hidden("/persons/p-9"),
        {"Person": 1, "Membership": 1, "Location": 1, "File": 1},
        {"Organization", "Paper"},
    ),
    "somebody who was there": (
        hidden("/persons/p-2"),
        {"Person": 1, "Membership": 1},
        {"Organization", "Meeting"},
    ),
    "a legislative term": (hidden("/legislative-terms/wp"), {"LegislativeTerm": 1}, {"Body"}),
    "the council": (
        hidden("/bodies/stadtrat"),
        {"Organization": 1, "Meeting": 1, "AgendaItem": 1, "Membership": 5, "Consultation": 1,
         "File": 3},
        {"Body", "Organization", "Person", "Paper"},
    ),
    "an advisory board": (
        hidden("/bodies/planungsbeirat"),
        {"Organization": 1, "Meeting": 2, "AgendaItem": 1, "Membership": 1, "Consultation": 1,
         "Location": 2},
        {"Person", "Paper"},
    ),
    "a meeting": (
        hidden("/meetings/sitzung-9"),
        {"Meeting": 1, "AgendaItem": 1, "Consultation": 1, "Location": 1},
        {"Paper"},
    ),
    "a paper": (
        hidden("/papers/vorlage-1"),
        {"Paper": 1, "Consultation": 2, "File": 1},
        {"Paper", "AgendaItem", "Meeting"},
    ),
    "a paper below another": (hidden("/papers/vorlage-2"), {"Paper": 1}, {"Paper"}),
    "an organisation": (
        hidden("/organisations/universitaet"),
        {"Organization": 1},
        {"Membership", "Paper", "Person"},
    ),
    "where somebody is reached": (
        ("/persons/p-9", consents("name", "photo")),
        {"Location": 1},
        {"Person"},
    ),
    "what somebody looks like": (
        ("/persons/p-9", consents("name", "address")),
        {"File": 1},
        {"Person"},
    ),
    "the file bild": (("bild", {}), {"File": 1}, {"Person"}),
    "the file einladung": (("einladung", {}), {"File": 1}, {"Meeting"}),
    "the file beschluss": (("beschluss", {}), {"File": 1}, {"AgendaItem", "Meeting"}),
    "the file anlage": (("anlage", {}), {"File": 1}, {"AgendaItem", "Meeting"}),
    "the file vorlage": (("vorlage", {}), {"File": 1}, {"Paper"}),
}  # fmt: skip
"""What is done -> how many of each type go by it, and of which types others change."""


async def everything(world: Reader) -> dict[str, dict[str, Any]]:
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    return crawl.objects


def counted(objects: Objects, ids: set[str]) -> dict[str, int]:
    types = [type_of(objects[one]) for one in ids]
    return {name: types.count(name) for name in set(types)}


def without_modified(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name != "modified"}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_is_withdrawn_is_a_stub_and_all_that_it_was_part_of_has_moved(
    whole: Door,
    world: Reader,
    apps: dict[str, FastAPI],
    owner: asyncpg.Connection,
    standard: Standard,
    what: str,
) -> None:
    (place, patch), expected, others = CHANGES[what]
    then = datetime.fromisoformat(SINCE)
    await owner.execute(LONG_AGO, whole.municipality.id, then, SINCE)
    before = await everything(world)
    assert {one["modified"] for one in before.values()} == {SINCE}
    if patch:
        await changed(whole, place, patch)
    else:
        files = {one["name"]: one["key"] for one in (await whole.get("/files")).json()["items"]}
        address = f"/files/{files[place]}/withdrawal"
        withdrawn = await whole.post(address, {"reason": "Versehen"})
        assert withdrawn.status_code in (200, 201), withdrawn.text
    after = await everything(world)

    gone = set(before) - set(after)
    assert counted(before, gone) == expected
    moved = {one for one in after if after[one]["modified"] > SINCE}
    assert {type_of(after[one]) for one in moved} == others
    for one in gone:
        stub = await world.one(one)
        standard.check(stub)
        assert (stub["deleted"], stub["created"]) == (True, SINCE)
        assert stub["modified"] > SINCE
    for one, found in after.items():
        assert (one in moved) == (without_modified(found) != without_modified(before[one])), one
        assert not any(f'"{other}"' in json.dumps(found) for other in gone), one
    told: set[str] = set()
    for collection in {one.rsplit("/", 2)[1] for one in gone | moved}:
        listed = await world.data(f"{collection}?modified_since=2026-01-02T00:00:00Z")
        told |= {one["id"] for one in listed}
    assert told == gone | moved
    database: Database = apps["boards"].state.database
    async with database.sessions() as session:
        await enter(session, actor(whole.municipality, ("administrator",)))
        assert await commands.rebuild(session) == 0
