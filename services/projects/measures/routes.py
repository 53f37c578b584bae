"""Measures over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends

from services.contracts.projects.measures import Measure, NewMeasure
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.measures import commands, queries
from services.projects.measures.parameters import wanted
from services.projects.measures.queries import MEASURES, Wanted
from services.projects.references.commands import Peers

measures = router("Measures")
READ, WRITE = requires("projects.measures:read"), requires("projects.measures:write")
HISTORY = requires("projects.measures:history")


@measures.get("/measures", response_model=Page[Measure], dependencies=[READ])
async def list_measures(
    session: Reading, paging: PageOf, asked: Annotated[Wanted, Depends(wanted)]
) -> Mapping[str, Any]:
    """List measures.

    The catalogue of measures (Maßnahmenkatalog): what is done about needs, in the order of their
    keys. A measure is there for those who may see its project, its strategy and its goal. As CSV or
    XLSX: `/measure-catalogue`.
    """
    return await queries.page(session, paging, asked)


@measures.post("/measures", status_code=201, response_model=Measure, dependencies=[WRITE])
async def create_measure(session: Writing, peers: Peers, new: NewMeasure) -> Measure:
    """Create a measure.

    The key is for good. A measure can be entered in any state. What it names must be there (422):
    project, goal of its strategy, plans, target groups and grants here; organisations,
    recommendation and resolution in the boards; areas, findings and indicators among the figures.
    The resolution has to hold (422): one that is `void` is refused, and so is one that turned the
    matter down (`refusal`) or that was `repealed` or `replaced` while the measure is not over.
    """
    return await commands.enter(session, peers, new)


@measures.get("/measures/{key}", response_model=Measure, dependencies=[READ])
async def read_measure(session: Reading, key: str) -> Measure:
    """Read a measure.

    By its key or its UUID. `gaps` says what it lacks: a running measure that needs a mandate
    (Beschluss) and has none, one without money, organisation in charge or target.
    """
    return await queries.one(session, key)


@measures.patch("/measures/{key}", response_model=Measure, dependencies=[WRITE])
async def change_measure(
    session: Writing, peers: Peers, key: str, patch: Patch[NewMeasure], expected: Expected
) -> Measure:
    """Change a measure.

    Send only what changes, with the ETag that you have read as If-Match.
    A proposed measure is planned, decided and run; a running one is suspended, completed or
    withdrawn. A decided one can go back to planning, a completed one be taken up again, a withdrawn
    one proposed or planned anew. Any other step is refused (409). Another mandate has to hold
    as a new one has, and so has the one by which it is decided or begins (422).
    """
    return await commands.change(session, peers, key, patch, expected)


@measures.get("/measures/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_measure_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a measure.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MEASURES.history(session, key)
