"""Exclusions over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.exclusions import commands, queries
from services.boards.exclusions.queries import EXCLUSIONS
from services.boards.exclusions.tables import ExclusionRow
from services.contracts.boards.exclusions import (
    Exclusion,
    ExclusionDecision,
    ExclusionState,
    NewExclusion,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

exclusions = router("Exclusions")
READ, WRITE = requires("boards.exclusions:read"), requires("boards.exclusions:write")
HISTORY = requires("boards.exclusions:history")


@exclusions.get("/exclusions", response_model=Page[Exclusion], dependencies=[READ])
async def list_exclusions(
    session: Reading,
    paging: PageOf,
    meeting: Annotated[Key | None, Query(description="At this meeting only.")] = None,
    agenda_item: Annotated[Key | None, Query(description="From this item only.")] = None,
    state: Annotated[ExclusionState | None, Query(description="In this state only.")] = None,
) -> Mapping[str, Any]:
    """List exclusions.

    Who takes no part in an item for a conflict of interest (Befangenheit, § 38 ThürKO). Where an
    item `concerns` the organisation that sent a member, or where the person works, one is proposed
    by itself.
    """
    return await queries.page(session, paging, meeting, agenda_item, state)


@exclusions.post("/exclusions", status_code=201, response_model=Exclusion, dependencies=[WRITE])
async def create_exclusion(session: Writing, new: NewExclusion) -> ExclusionRow:
    """Write down a conflict of interest.

    One that somebody has declared; it is decided by `/decision`. Refused: a second entry for the
    same member and item (409), a membership of another body.
    """
    return await commands.declare(session, new)


@exclusions.get("/exclusions/{key}", response_model=Exclusion, dependencies=[READ])
async def read_exclusion(session: Reading, key: str) -> ExclusionRow:
    """Read an exclusion.

    By its key or its UUID.
    """
    return await EXCLUSIONS.one(session, key)


@exclusions.post("/exclusions/{key}/decision", response_model=Exclusion, dependencies=[WRITE])
async def decide_exclusion(session: Writing, key: str, decision: ExclusionDecision) -> ExclusionRow:
    """Confirm or dismiss an exclusion.

    With the reason. Whoever is excluded is not counted as present and has no vote on the item,
    except in elections. A later decision replaces an earlier one; votes on the item that are closed
    are looked at again, and are void where the person's vote may have been decisive.
    """
    return await commands.decide(session, key, decision)


@exclusions.get("/exclusions/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_exclusion_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an exclusion.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await EXCLUSIONS.history(session, key)
