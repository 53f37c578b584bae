"""A day of the board office: whatever is done, the journal names nobody."""

from typing import Any

import asyncpg
import httpx

from tests.integration.boards.beside import AREAS, apps
from tests.integration.boards.council import (
    a_body,
    a_contribution,
    a_meeting,
    a_membership,
    a_person,
    a_process,
    a_seat,
    a_statement,
    an_item,
    day,
    organisations,
)
from tests.integration.boards.erasing import ALL, PLANTED, database, found
from tests.integration.boards.sitting import an_invitation, attendance, opened
from tests.support.towns import Door

__all__ = ["apps", "database"]

AGREED = [
    {"field": field, "given_on": "2026-01-15", "text_version": "planta-1"}
    for field in ("name", "email", "phone", "address", "life", "gender")
]
EXPORT = f"id;title;body;author;published_at\n1;planta;planta text;planta;{day(-1)}\n"
REASON = {"reason": {"de": "planta krank"}}


class Office:
    """The office, whose journal is searched after each thing it does."""

    def __init__(self, door: Door, database: asyncpg.Connection) -> None:
        self.door, self._database = door, database
        self.entries = 0

    async def did(self, answer: httpx.Response) -> dict[str, Any]:
        """Insist that it worked, left an entry, and that no entry names anybody."""
        assert answer.status_code in (200, 201), answer.text
        rows = await self._database.fetch(
            "SELECT j::text FROM boards.journal AS j WHERE municipality_id = $1",
            self.door.municipality.id,
        )
        assert len(rows) > self.entries
        self.entries = len(rows)
        told = "\n".join(row[0] for row in rows)
        assert [word for word in PLANTED if word in told] == []
        said: dict[str, Any] = answer.json()
        return said


async def sent(door: Door, path: str, content: bytes, kind: str, **query: str) -> httpx.Response:
    return await door.post(path, content=content, params=query, headers={"Content-Type": kind})


async def test_after_everything_the_office_does_the_journal_names_nobody(
    boards: Door, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    await boards.made("/seats", a_seat())
    await boards.made("/participation-processes", a_process(areas=AREAS))
    await boards.made("/meetings", a_meeting())
    await boards.made("/meetings/sitzung-1/agenda-items", an_item(key="a-1"))
    office = Office(boards, database)
    person = a_person(**{**ALL, "consents": AGREED}, visibility="public")
    await office.did(await boards.post("/persons", person))
    await office.did(await boards.patch("/persons/p-1", {"title": "Prof. planta"}))
    await office.did(
        await boards.post("/memberships", a_membership(key="m-1", seat="sitz", voting=True))
    )
    await office.did(await boards.post("/meetings/sitzung-1/invitation", an_invitation()))
    await opened(boards)
    listed = attendance("m-1", present=False, **REASON)
    await office.did(await boards.post("/attendances", listed))
    excluded = {"agenda_item": "a-1", "membership": "m-1", **REASON}
    await office.did(await boards.post("/exclusions", excluded))
    picture = {"file_name": "planta.txt", "name": "planta", "role": "image"}
    subject = {"subject_kind": "person", "subject": "p-1"}
    kept = await office.did(
        await sent(boards, "/files", b"planta bild", "text/plain", **picture, **subject)
    )
    await office.did(await boards.patch(f"/files/{kept['key']}", {"name": "planta 2"}))
    words = {"text": "Ich bin planta und wohne in der Plantastraße."}
    receipt = await office.did(await boards.as_().post("/contributions", a_contribution(**words)))
    address = f"/contributions/{receipt['key']}"
    await office.did(await boards.post(f"{address}/moderation", {"state": "published"}))
    answer = {"decision": "partly", "reason": {"de": "Danke, planta."}}
    await office.did(await boards.post(f"{address}/answer", answer))
    await office.did(
        await boards.post("/statements", a_statement(text={"de": "Planta e. V. stimmt zu."}))
    )
    query = {"process": "dialog", "consent_version": "1"}
    imported = await sent(boards, "/contributions/import", EXPORT.encode(), "text/csv", **query)
    assert (await office.did(imported))["new"] == 1
    await office.did(
        await boards.as_().post("/contributions/withdrawal", {"token": receipt["token"]})
    )
    await office.did(await boards.patch("/memberships/m-1", {"ends_on": "2025-01-01"}))
    await office.did(await boards.post("/persons/p-1/erasure", {"ground": "objection"}))


async def test_what_everybody_could_read_is_gone_from_the_public_side_too(
    boards: Door, database: asyncpg.Connection
) -> None:
    await organisations(boards)
    await boards.made("/bodies", a_body())
    person = a_person(**{**ALL, "consents": AGREED}, visibility="public")
    await boards.made("/persons", person)
    await boards.made("/memberships", a_membership(key="m-1", ends_on="2025-06-30"))
    assert await found(database, boards.municipality.id, PLANTED) != []
    await boards.post("/persons/p-1/erasure", {"ground": "objection"})
    assert await found(database, boards.municipality.id, PLANTED) == []
