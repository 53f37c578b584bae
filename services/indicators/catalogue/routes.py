"""The catalogue over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.catalogue import Indicator, NewIndicator
from services.contracts.indicators.values import IndicatorKind
from services.contracts.shared.base import Key, Line, Page, Revision
from services.indicators.catalogue import commands, queries
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

catalogue = router("Indicators")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")
HISTORY = requires("indicators.catalogue:history")


@catalogue.get("/indicators", response_model=Page[Indicator], dependencies=[READ])
async def list_indicators(
    session: Reading,
    paging: PageOf,
    topic: Annotated[Key | None, Query(description="Of one topic, or of those below it.")] = None,
    kind: Annotated[IndicatorKind | None, Query(description="Of one kind only.")] = None,
    q: Annotated[
        Line | None, Query(description="Part of key or name, or those of its topic.")
    ] = None,
) -> Mapping[str, Any]:
    """List indicators.

    The catalogue (Indikatorenkatalog): what is counted, of what, with its source and legal basis,
    in the order of keys.
    """
    return await queries.page(session, paging, topic, kind, q)


@catalogue.post("/indicators", status_code=201, response_model=Indicator, dependencies=[WRITE])
async def create_indicator(session: Writing, new: NewIndicator) -> IndicatorRow:
    """Create an indicator.

    The key is for good. A rate or ratio names two counts as numerator and denominator. Its
    figures are protected by `protection` when they are released; showing everything
    (`"kind": "none"`) needs a reason. A source code of another indicator is refused (409).
    """
    return await commands.define(session, new)


@catalogue.get("/indicators/{key}", response_model=Indicator, dependencies=[READ])
async def read_indicator(session: Reading, key: str) -> IndicatorRow:
    """Read an indicator.

    By its key or its UUID.
    """
    return await INDICATORS.one(session, key)


@catalogue.patch("/indicators/{key}", response_model=Indicator, dependencies=[WRITE])
async def change_indicator(
    session: Writing, key: str, patch: Patch[NewIndicator], expected: Expected
) -> IndicatorRow:
    """Change an indicator.

    Send only what changes, with the ETag that you have read as If-Match. Texts and visibility
    change at once; another protection takes effect on all its figures with the next release.
    """
    return await commands.change(session, key, patch, expected)


@catalogue.get("/indicators/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_indicator_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an indicator.

    Every definition it had, newest first, with the identifier of who made the change.
    """
    return await INDICATORS.history(session, key)
