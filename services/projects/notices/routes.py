"""Notices over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query

from services.contracts.projects.notices import (
    GrantAsOf,
    NewNotice,
    Notice,
    NoticeChanges,
    NoticeKind,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.notices import commands, queries
from services.projects.notices.queries import NOTICES
from services.projects.notices.tables import NoticeRow
from services.projects.references.commands import Peers

notices = router("Notices")
READ, WRITE = requires("projects.notices:read"), requires("projects.notices:write")
HISTORY = requires("projects.notices:history")


@notices.get("/notices", response_model=Page[Notice], dependencies=[READ])
async def list_notices(
    session: Reading,
    paging: PageOf,
    grant: Annotated[Key | None, Query(description="Of this grant.")] = None,
    kind: Annotated[NoticeKind | None, Query(description="Of this kind.")] = None,
) -> Mapping[str, Any]:
    """List notices.

    The versions of grants as the funders issued them (Zuwendungsbescheide, Änderungsbescheide), in
    the order of their numbers. A notice is there for those who may see it and its grant.
    """
    return await queries.page(session, paging, grant=grant, kind=kind)


@notices.post("/notices", status_code=201, response_model=Notice, dependencies=[WRITE])
async def create_notice(session: Writing, peers: Peers, new: NewNotice) -> NoticeRow:
    """Enter a notice.

    It says everything that holds from then on, not only what changes; the grant shows it at once,
    and it gets the next number. The first awards (Zuwendungsbescheid) and makes an application a
    grant; a final one (Schlussbescheid) closes it. Refused (422): sources or budget lines that are
    not the eligible cost to the cent, a rate that does not give the amount, partners with more than
    the whole, an extension that does not extend, a revocation that takes nothing; (409) a kind that
    cannot follow, and an amount below what is already passed on or kept: take that back first. An
    amount below what was paid out is what a funder decides (Teilwiderruf, § 49 Abs. 3 VwVfG): from
    it follows the obligation to pay the rest back (Erstattung, § 49a VwVfG), and until that is done
    nothing more can be paid out.
    """
    return await commands.enter(session, peers, new)


@notices.get("/notices/{key}", response_model=Notice, dependencies=[READ])
async def read_notice(session: Reading, key: str) -> NoticeRow:
    """Read a notice.

    By its key or its UUID.
    """
    return await NOTICES.one(session, key)


@notices.patch("/notices/{key}", response_model=Notice, dependencies=[WRITE])
async def change_notice(
    session: Writing, peers: Peers, key: str, patch: Patch[NewNotice], expected: Expected
) -> NoticeRow:
    """Correct a notice.

    What was typed wrongly, with the ETag that you have read as If-Match; the grant follows. What
    the funder changes is a new notice. Refused (409): anything but reference, note, evidence and
    visibility once another notice has followed.
    """
    return await commands.change(session, peers, key, patch, expected)


@notices.get("/notices/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_notice_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a notice.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await NOTICES.history(session, key)


@notices.get("/grants/{key}/state", response_model=GrantAsOf, dependencies=[READ])
async def read_grant_state(
    session: Reading,
    key: str,
    on: Annotated[date | None, Query(description="The day; today when missing.")] = None,
    known_on: Annotated[
        date | None,
        Query(description="By the notices issued until this day; by all when missing."),
    ] = None,
) -> GrantAsOf:
    """Read a grant as of a day.

    What its notices say of that day: the newest of those that have taken effect by then. `known_on`
    asks what somebody knew: the state of the plan before a later notice changed it in retrospect.
    Before the first notice it is an application without an amount. Refused (404) to those who may
    not see the notice that holds.
    """
    return await queries.as_of(session, key, on or today(), known_on)


@notices.get(
    "/grants/{key}/notices/{number}/changes", response_model=NoticeChanges, dependencies=[READ]
)
async def read_notice_changes(
    session: Reading,
    key: str,
    number: Annotated[int, Path(ge=1, le=10_000, description="Number of the notice.")],
) -> NoticeChanges:
    """Read what a notice changed.

    Each thing that it says otherwise than the notice before: period, cost, amount, each entry of
    financing plan (amount and rate), budget, partners (budget and part of the grant), deviations
    and conditions, with before, after and the difference of known amounts. Empty for the first.
    """
    return await queries.compared(session, key, number)
