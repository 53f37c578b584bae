"""The way of a paper over HTTP."""

from services.boards.way import queries
from services.contracts.boards.way import Way
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading

way = router("Papers")


@way.get("/papers/{key}/way", response_model=Way, dependencies=[requires("boards.papers:read")])
async def read_paper_way(session: Reading, key: str) -> Way:
    """Read the way of a paper.

    Everything in one answer (Beratungsverlauf): each body in its order with its role, meeting,
    votes, recommendation or resolution, what the resolution makes of recommendations, who carries
    it out, and how many days each step took. Only what you may see.
    """
    return await queries.way(session, key)
