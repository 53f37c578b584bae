"""Dimensions over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.dimensions import Dimension, DimensionRole, NewDimension
from services.contracts.shared.base import Code, Page, Revision
from services.indicators.dimensions import commands, queries
from services.indicators.dimensions.queries import DIMENSIONS
from services.indicators.dimensions.tables import DimensionRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

dimensions = router("Dimensions")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")
HISTORY = requires("indicators.catalogue:history")


@dimensions.get("/dimensions", response_model=Page[Dimension], dependencies=[READ])
async def list_dimensions(
    session: Reading,
    paging: PageOf,
    code: Annotated[Code | None, Query(description="With this code, such as `GES`.")] = None,
    role: Annotated[DimensionRole | None, Query(description="Of one role only.")] = None,
) -> Mapping[str, Any]:
    """List dimensions.

    By what figures are broken down (Merkmale), each with its code list (Ausprägungen), in the
    order of keys. Figures may have codes that stand in no list: such a code is its own label.
    """
    return await queries.page(session, paging, code, role)


@dimensions.post("/dimensions", status_code=201, response_model=Dimension, dependencies=[WRITE])
async def create_dimension(session: Writing, new: NewDimension) -> DimensionRow:
    """Create a dimension.

    Key and code are for good. Refused are a code that another dimension has (409), and a code
    list in which a category stands twice or would be part of itself (422).
    """
    return await commands.define(session, new)


@dimensions.get("/dimensions/{key}", response_model=Dimension, dependencies=[READ])
async def read_dimension(session: Reading, key: str) -> DimensionRow:
    """Read a dimension.

    By its key or its UUID.
    """
    return await DIMENSIONS.one(session, key)


@dimensions.patch("/dimensions/{key}", response_model=Dimension, dependencies=[WRITE])
async def change_dimension(
    session: Writing, key: str, patch: Patch[NewDimension], expected: Expected
) -> DimensionRow:
    """Change a dimension.

    Send only what changes, with the ETag that you have read as If-Match; the code list is sent
    whole. Names change at once in all answers. The code stays (409).
    """
    return await commands.change(session, key, patch, expected)


@dimensions.get("/dimensions/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_dimension_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a dimension.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await DIMENSIONS.history(session, key)
