"""The line of a programme over HTTP."""

from services.contracts.projects.succession import ProgrammeLine
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.succession import queries

succession = router("Programmes")
READ = requires("projects.programmes:read")


@succession.get("/programmes/{key}/succession", response_model=ProgrammeLine, dependencies=[READ])
async def read_programme_succession(session: Reading, key: str) -> ProgrammeLine:
    """Read the line of a programme.

    The programmes that it continues and that continue it (`successor_of`), the earlier before the
    later, each with the grants of the municipality, and year by year which of them ran: ten years
    in one answer. A year without a grant is empty; what is unknown is counted, not guessed. Only
    what you may see is in it.
    """
    return await queries.line(session, key)
