"""Whom organisations must name, over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.boards.nominations import queries
from services.contracts.boards.nominations import Nominations
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today

nominations = router("Seats")


@nominations.get(
    "/nominations",
    response_model=Nominations,
    dependencies=[requires("boards.nominations:read")],
)
async def list_nominations(
    session: Reading,
    organisation: Annotated[
        Key | None, Query(description="What this organisation must name only.")
    ] = None,
    body: Annotated[Key | None, Query(description="For this body only.")] = None,
    on: Annotated[date | None, Query(description="As of this day; today if not said.")] = None,
    months: Annotated[int, Query(ge=0, le=60, description="How far to look ahead.")] = 12,
) -> Nominations:
    """List nominations.

    Whom each sending organisation must name (Benennungen): for which body and seat, by when and
    why. A place that is empty or whose term is over is overdue; a term that ends, a member who
    leaves or a place that is added in the months ahead falls due. Places for which a successor is
    known already are not listed. Places that any organisation of a kind may fill stand without an
    organisation.
    """
    return await queries.nominations(session, organisation, body, on or today(), months)
