"""Measures over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.measures import Measure, MeasureState, NewMeasure
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.measures import commands, queries
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.references.commands import Peers

measures = router("Measures")
READ, WRITE = Allowed("projects.measures:read"), Allowed("projects.measures:write")
HISTORY = Allowed("projects.measures:history")


@measures.get("/measures", response_model=Page[Measure], dependencies=[READ])
async def list_measures(
    session: Reading,
    paging: PageOf,
    state: Annotated[MeasureState | None, Query(description="In this state.")] = None,
    project: Annotated[Key | None, Query(description="Of this project.")] = None,
    strategy: Annotated[Key | None, Query(description="Of this strategy or plan.")] = None,
    area: Annotated[Key | None, Query(description="For this area.")] = None,
    responsible: Annotated[
        Key | None, Query(description="With this organisation in charge.")
    ] = None,
    on: Annotated[date | None, Query(description="That run on this day.")] = None,
) -> Mapping[str, Any]:
    """List measures.

    What is done about a need (Maßnahmen), in the order of their keys. A measure is there for
    those who may see its project and its strategy.
    """
    return await queries.page(
        session,
        paging,
        state=state,
        project=project,
        strategy=strategy,
        area=area,
        responsible=responsible,
        on=on,
    )


@measures.post("/measures", status_code=201, response_model=Measure, dependencies=[WRITE])
async def create_measure(session: Writing, peers: Peers, new: NewMeasure) -> MeasureRow:
    """Create a measure.

    The key is for good. A measure can be entered in any state. The project, strategy, areas and
    organisation that it names must exist.
    """
    return await commands.enter(session, peers, new)


@measures.get("/measures/{key}", response_model=Measure, dependencies=[READ])
async def read_measure(session: Reading, key: str) -> MeasureRow:
    """Read a measure.

    By its key or its UUID.
    """
    return await MEASURES.one(session, key)


@measures.patch("/measures/{key}", response_model=Measure, dependencies=[WRITE])
async def change_measure(
    session: Writing, peers: Peers, key: str, patch: Patch[NewMeasure], expected: Expected
) -> MeasureRow:
    """Change a measure.

    Send only what changes, with the ETag that you have read as If-Match.
    A planned measure can run or be withdrawn, a running one be completed or withdrawn; a
    completed one can be taken up again, a withdrawn one planned anew. Any other step is refused
    (409).
    """
    return await commands.change(session, peers, key, patch, expected)


@measures.get("/measures/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_measure_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a measure.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MEASURES.history(session, key)
