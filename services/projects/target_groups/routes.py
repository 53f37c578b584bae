"""Target groups over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.projects.target_groups import NewTargetGroup, TargetGroup
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.target_groups import commands
from services.projects.target_groups.queries import TARGET_GROUPS
from services.projects.target_groups.tables import TargetGroupRow

target_groups = router("Target groups")
READ, WRITE = requires("projects.planning:read"), requires("projects.planning:write")
HISTORY = requires("projects.planning:history")


@target_groups.get("/target-groups", response_model=Page[TargetGroup], dependencies=[READ])
async def list_target_groups(
    session: Reading,
    paging: PageOf,
) -> Mapping[str, Any]:
    """List target groups.

    For whom the municipality plans (Zielgruppen), in the order of their positions.
    """
    return await TARGET_GROUPS.page(session, paging, by="position")


@target_groups.post(
    "/target-groups", status_code=201, response_model=TargetGroup, dependencies=[WRITE]
)
async def create_target_group(session: Writing, new: NewTargetGroup) -> TargetGroupRow:
    """Create a target group.

    The key is for good. Plans and measures name it, so that those for the same people are found
    together.
    """
    return await commands.enter(session, new)


@target_groups.get("/target-groups/{key}", response_model=TargetGroup, dependencies=[READ])
async def read_target_group(session: Reading, key: str) -> TargetGroupRow:
    """Read a target group.

    By its key or its UUID.
    """
    return await TARGET_GROUPS.one(session, key)


@target_groups.patch("/target-groups/{key}", response_model=TargetGroup, dependencies=[WRITE])
async def change_target_group(
    session: Writing, key: str, patch: Patch[NewTargetGroup], expected: Expected
) -> TargetGroupRow:
    """Change a target group.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, key, patch, expected)


@target_groups.get(
    "/target-groups/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_target_group_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a target group.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await TARGET_GROUPS.history(session, key)
