"""Target indicators over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.targets import NewTargetIndicator, TargetIndicator
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.references.commands import Peers
from services.projects.target_indicators import commands, queries
from services.projects.target_indicators.queries import TARGET_INDICATORS
from services.projects.target_indicators.tables import TargetIndicatorRow

target_indicators = router("Targets")
READ, WRITE = requires("projects.targets:read"), requires("projects.targets:write")
HISTORY = requires("projects.targets:history")


@target_indicators.get(
    "/target-indicators", response_model=Page[TargetIndicator], dependencies=[READ]
)
async def list_target_indicators(
    session: Reading,
    paging: PageOf,
    result: Annotated[Key | None, Query(description="Of this result.")] = None,
    project: Annotated[Key | None, Query(description="Of the results of this project.")] = None,
    indicator: Annotated[
        Key | None, Query(description="That are to move this indicator of the municipality.")
    ] = None,
    esf_code: Annotated[EsfCode | None, Query(description="That report to this code.")] = None,
) -> Mapping[str, Any]:
    """List target indicators.

    What results are measured by (Zielindikatoren), in the order of their keys.
    """
    return await queries.page(
        session, paging, result=result, project=project, indicator=indicator, esf_code=esf_code
    )


@target_indicators.post(
    "/target-indicators", status_code=201, response_model=TargetIndicator, dependencies=[WRITE]
)
async def create_target_indicator(
    session: Writing, peers: Peers, new: NewTargetIndicator
) -> TargetIndicatorRow:
    """Create a target indicator.

    The key is for good. Targets stand in its periods. Refused: an indicator of the municipality
    that is not there; a common output indicator of the ESF Plus whose baseline is not 0, and one
    that is not cumulative (Art. 17 of Regulation (EU) 2021/1057).
    """
    return await commands.enter(session, peers, new)


@target_indicators.get(
    "/target-indicators/{key}", response_model=TargetIndicator, dependencies=[READ]
)
async def read_target_indicator(session: Reading, key: str) -> TargetIndicatorRow:
    """Read a target indicator.

    By its key or its UUID.
    """
    return await TARGET_INDICATORS.one(session, key)


@target_indicators.patch(
    "/target-indicators/{key}", response_model=TargetIndicator, dependencies=[WRITE]
)
async def change_target_indicator(
    session: Writing,
    peers: Peers,
    key: str,
    patch: Patch[NewTargetIndicator],
    expected: Expected,
) -> TargetIndicatorRow:
    """Change a target indicator.

    Send only what changes, with the ETag that you have read as If-Match. The result is for good.
    Refused (409): another unit, baseline, direction, counting, tolerance or division while one of
    its periods is locked; taking away a part of which there are figures; (422) a baseline on the
    other side of a target.
    """
    return await commands.change(session, peers, key, patch, expected)


@target_indicators.get(
    "/target-indicators/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_target_indicator_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a target indicator.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await TARGET_INDICATORS.history(session, key)
