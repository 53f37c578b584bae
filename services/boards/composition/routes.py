"""The composition of a body over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.boards.composition import queries
from services.contracts.boards.composition import Composition
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.kit.days import today

composition = router("Bodies")


@composition.get(
    "/bodies/{key}/composition",
    response_model=Composition,
    dependencies=[requires("boards.bodies:read")],
)
async def read_body_composition(
    session: Reading,
    key: str,
    on: Annotated[date | None, Query(description="The day; today if not said.")] = None,
) -> Composition:
    """Read the composition of a body.

    Each seat with its rule, how many people it asks for and how many there are (Besetzung zum
    Stichtag): filled, vacant, partly filled or overfilled, and which organisations have not yet
    taken their place. `violations` says what is vacant, overfilled, expired or unlawful, by which
    rule of a seat or of the body and where that is laid down, each in a sentence. Numbers count
    everybody; `holders` names those whom you may see.
    """
    return await queries.composition(session, key, on or today())
