"""What the board office does with the profile of the municipality."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.oparl_profile.queries import KEY, PROFILES
from services.boards.oparl_profile.tables import OParlProfileRow
from services.contracts.boards.oparl_profile import NewOParlProfile
from services.kit.database import municipality_of
from services.kit.patches import Patch


async def introduce(session: AsyncSession, new: NewOParlProfile) -> OParlProfileRow:
    """Enter the profile; refuses (409) a second one."""
    row = await PROFILES.add(session, new, key=KEY)
    session.info["location"] = f"/v1/{municipality_of(session).key}/{KEY}"
    return row


async def change(
    session: AsyncSession, patch: Patch[NewOParlProfile], expected: int
) -> OParlProfileRow:
    """Change the profile."""
    row = await PROFILES.locked(session, KEY, expected)
    return await PROFILES.store(session, row, patch.onto(row))
