"""The profile of the municipality over HTTP."""

from services.boards.oparl_profile import commands, queries
from services.boards.oparl_profile.queries import KEY, PROFILES
from services.boards.oparl_profile.tables import OParlProfileRow
from services.contracts.boards.oparl_profile import NewOParlProfile, OParlProfile
from services.contracts.shared.base import Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.patches import Patch

oparl_profile = router("OParl")
READ, WRITE = requires("boards.oparl_profile:read"), requires("boards.oparl_profile:write")
HISTORY = requires("boards.oparl_profile:history")


@oparl_profile.get("/oparl-profile", response_model=OParlProfile, dependencies=[READ])
async def read_oparl_profile(session: Reading) -> OParlProfileRow:
    """Read the OParl profile.

    How the municipality presents itself to other software (Steckbrief): what `System` and `Body`
    say at `/oparl/v1.1/{municipality}`. 404 while nobody has entered it; then its key stands for
    its name.
    """
    return await queries.profile(session)


@oparl_profile.post(
    "/oparl-profile", status_code=201, response_model=OParlProfile, dependencies=[WRITE]
)
async def create_oparl_profile(session: Writing, new: NewOParlProfile) -> OParlProfileRow:
    """Enter the OParl profile.

    There is one: a second is refused (409). The licence holds for everything that has no other;
    contact is an office, never a person.
    """
    return await commands.introduce(session, new)


@oparl_profile.patch("/oparl-profile", response_model=OParlProfile, dependencies=[WRITE])
async def change_oparl_profile(
    session: Writing, patch: Patch[NewOParlProfile], expected: Expected
) -> OParlProfileRow:
    """Change the OParl profile.

    Send only what changes, with the ETag that you have read as If-Match.
    """
    return await commands.change(session, patch, expected)


@oparl_profile.get("/oparl-profile/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_oparl_profile_history(session: Reading) -> list[Revision]:
    """Read the history of the OParl profile.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await PROFILES.history(session, KEY)
