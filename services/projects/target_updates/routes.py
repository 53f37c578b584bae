"""Updates over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.target_updates import (
    NewTargetUpdate,
    Returning,
    TargetUpdate,
    UpdateState,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.target_updates import commands, queries
from services.projects.target_updates.queries import TARGET_UPDATES

target_updates = router("Targets")
READ, WRITE = requires("projects.targets:read"), requires("projects.targets:write")
APPROVE, HISTORY = requires("projects.targets:approve"), requires("projects.targets:history")


@target_updates.get("/target-updates", response_model=Page[TargetUpdate], dependencies=[READ])
async def list_target_updates(
    session: Reading,
    paging: PageOf,
    period: Annotated[Key | None, Query(description="Of this period.")] = None,
    indicator: Annotated[Key | None, Query(description="Of this target indicator.")] = None,
    state: Annotated[UpdateState | None, Query(description="In this state.")] = None,
) -> Mapping[str, Any]:
    """List updates.

    What was reached (Fortschrittsmeldungen), the latest day first. Others than the administration
    see what is approved. `state=submitted` is what waits for a second person.
    """
    return await queries.page(session, paging, period=period, indicator=indicator, state=state)


@target_updates.post(
    "/target-updates", status_code=201, response_model=TargetUpdate, dependencies=[WRITE]
)
async def create_target_update(session: Writing, new: NewTargetUpdate) -> TargetUpdate:
    """Write down what was reached.

    As a draft; the key is for good. Refused: a day outside the period or still to come, parts
    that the indicator does not have, a locked period (409).
    """
    return await commands.draft(session, new)


@target_updates.get("/target-updates/{key}", response_model=TargetUpdate, dependencies=[READ])
async def read_target_update(session: Reading, key: str) -> TargetUpdate:
    """Read an update.

    By its key or its UUID.
    """
    return await queries.one(session, key)


@target_updates.patch("/target-updates/{key}", response_model=TargetUpdate, dependencies=[WRITE])
async def change_target_update(
    session: Writing, key: str, patch: Patch[NewTargetUpdate], expected: Expected
) -> TargetUpdate:
    """Change an update.

    A draft, or one that was returned, which is a draft again by that. The period is for good.
    Refused (409): one that is submitted or approved, a locked period. An approved one is corrected
    by another update of the same period.
    """
    return await commands.change(session, key, patch, expected)


@target_updates.post(
    "/target-updates/{key}/submission", response_model=TargetUpdate, dependencies=[WRITE]
)
async def submit_target_update(session: Writing, key: str) -> TargetUpdate:
    """Submit an update.

    A value that is not given is the sum of the parts. Refused (422): neither a value nor all parts
    of one dimension; parts that are all known and do not add up to the value.
    """
    return await commands.submit(session, key)


@target_updates.post(
    "/target-updates/{key}/approval", response_model=TargetUpdate, dependencies=[APPROVE]
)
async def approve_target_update(session: Writing, key: str) -> TargetUpdate:
    """Approve an update.

    From then on it counts. Refused (403) to whoever submitted it (Vier-Augen-Prinzip).
    """
    return await commands.approve(session, key)


@target_updates.post(
    "/target-updates/{key}/return", response_model=TargetUpdate, dependencies=[APPROVE]
)
async def return_target_update(session: Writing, key: str, returning: Returning) -> TargetUpdate:
    """Return an update.

    With what is to be put right; it does not count, and is a draft again with its next change.
    """
    return await commands.give_back(session, key, returning)


@target_updates.get(
    "/target-updates/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_target_update_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an update.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await TARGET_UPDATES.history(session, key)
