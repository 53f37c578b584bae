"""Protected counts over HTTP."""

from services.contracts.projects.participation import Participation
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Reading
from services.projects.participation import queries

participation = router("Participation")
READ = Allowed("projects.participation:read")


@participation.get(
    "/monitorings/{key}/participation", response_model=Participation, dependencies=[READ]
)
async def read_participation(session: Reading, key: str) -> Participation:
    """Read who takes part.

    By common indicator of the ESF Plus, span and gender. Counts below the threshold are hidden,
    and with them as many others as keep them from being calculated from totals, from what a part
    leaves of its whole, or from the employment status. The same for everybody, the administration
    included. What is not known is unknown, never zero. Of persons only those count of whom
    everything is known that must be.
    """
    return await queries.protected(session, key)
