"""Acts over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.acts import commands, queries
from services.boards.acts.queries import ACTS
from services.boards.acts.tables import ActRow
from services.boards.neighbours import Beside
from services.contracts.boards.acts import Act, ActState, ActTexts, NewAct
from services.contracts.boards.powers import PowerKind
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

acts = router("Powers")
READ, WRITE = requires("boards.powers:read"), requires("boards.powers:write")
HISTORY = requires("boards.powers:history")


@acts.get("/acts", response_model=Page[Act], dependencies=[READ])
async def list_acts(
    session: Reading,
    paging: PageOf,
    kind: Annotated[PowerKind | None, Query(description="Under powers of this kind.")] = None,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    power: Annotated[Key | None, Query(description="Under this power only.")] = None,
    subject: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z_]{1,40}(/[a-z0-9-]{1,80})?$",
            description="About things of a collection, or about one of them.",
            examples=["catalogue_versions/catalogue-1"],
        ),
    ] = None,
    state: Annotated[ActState | None, Query(description="That hold, or that are void.")] = None,
) -> Mapping[str, Any]:
    """List acts.

    What bodies did under their powers (Festlegungen, Bewertungen, Legitimation), the latest first.
    """
    return await queries.page(session, paging, kind, body, power, subject, state)


@acts.post("/acts", status_code=201, response_model=Act, dependencies=[WRITE])
async def create_act(session: Writing, beside: Beside, new: NewAct) -> ActRow:
    """Enter an act.

    It rests on a vote and a power: the body is that of the vote and must have had the power on
    that day (409). Refused: a subject that the power does not cover or that is not there (422; 503
    while its service is away), a vote that is not closed and adopted (409).
    """
    return await commands.act(session, beside, new)


@acts.get("/acts/{key}", response_model=Act, dependencies=[READ])
async def read_act(session: Reading, key: str) -> ActRow:
    """Read an act.

    By its key or its UUID.
    """
    return await ACTS.one(session, key)


@acts.patch("/acts/{key}", response_model=Act, dependencies=[WRITE])
async def change_act(
    session: Writing, key: str, patch: Patch[ActTexts], expected: Expected
) -> ActRow:
    """Change the words of an act.

    Title, text and who may see it, with the ETag that you have read as If-Match. What it rests on
    and what it is about are for good.
    """
    return await commands.change(session, key, patch, expected)


@acts.get("/acts/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_act_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an act.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await ACTS.history(session, key)
