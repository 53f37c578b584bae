"""Evidence over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.evidences import queries
from services.boards.evidences.queries import EVIDENCES
from services.boards.evidences.tables import EvidenceRow
from services.contracts.boards.evidences import Evidence
from services.contracts.shared.base import Key, Page
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.paging import PageOf

evidences = router("Resolutions")
READ = requires("boards.resolutions:read")


@evidences.get("/evidences", response_model=Page[Evidence], dependencies=[READ])
async def list_evidences(
    session: Reading,
    paging: PageOf,
    indicator: Annotated[Key | None, Query(description="Of this indicator only.")] = None,
    area: Annotated[Key | None, Query(description="Of this area only.")] = None,
    release: Annotated[int | None, Query(ge=1, description="Of this release only.")] = None,
) -> Mapping[str, Any]:
    """List evidence.

    Which recommendations and resolutions rest on which published figures (Belege): each as it was
    when it was given.
    """
    return await queries.page(session, paging, indicator, area, release)


@evidences.get("/evidences/{key}", response_model=Evidence, dependencies=[READ])
async def read_evidence(session: Reading, key: str) -> EvidenceRow:
    """Read evidence.

    By its key or its UUID.
    """
    return await EVIDENCES.one(session, key)
