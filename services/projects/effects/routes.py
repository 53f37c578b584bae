"""Effects of measures over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.projects.effects import MeasureEffects
from services.contracts.projects.references import ReferenceResource
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.effects import queries
from services.projects.measures import queries as measures
from services.projects.references.commands import Peers

effects = router("Measures")
READ = requires("projects.measures:read")


@effects.get("/measures/{key}/effects", response_model=MeasureEffects, dependencies=[READ])
async def read_measure_effects(
    session: Reading,
    peers: Peers,
    key: str,
    release: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="As it was found with this release.")
    ] = None,
) -> MeasureEffects:
    """Read the effect of a measure.

    Of each target the published figure before and after the measure, the same of the area above and
    of those it is compared with, and the difference of the differences (Differenz von Differenzen).
    All in today's territory: what an area has gained or lost with others is no effect; `estimated`
    notes that a figure was divided. Of an area that is no more, in the territory of its last day.
    A hidden or missing figure stays so, with its reason, and makes the change unknown, never zero.
    `territory` is the day that counts as today, `crosswalks` are the changes that led there.
    Found anew with each release and each change of the territory behind the figures that is entered
    later, as everybody sees them; where targets were changed since, or another territory has begun,
    computed for this answer (503 while the figures are away). Show the `caveat` with it.
    """
    shown = await measures.one(session, key)
    session.info.pop("revision", None)
    peer = peers[ReferenceResource.indicators]
    return await queries.effects_of(session, peer, shown, release)
