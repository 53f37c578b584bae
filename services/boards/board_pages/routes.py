"""The page of a body over HTTP."""

from services.boards.board_pages import queries
from services.contracts.boards.board_pages import BoardPage
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading

board_pages = router("Bodies")


@board_pages.get(
    "/bodies/{key}/page",
    response_model=BoardPage,
    dependencies=[requires("boards.bodies:read")],
)
async def read_body_page(session: Reading, key: str) -> BoardPage:
    """Read the page of a body.

    What a frontend shows of a body first, in one call (Gremienseite): what it is, how its seats are
    filled today and what is wrong with that, when it meets next, and which of its resolutions are
    not yet carried out.
    """
    return await queries.page(session, key)
