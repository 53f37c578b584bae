"""The one question asked of the stored profile."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.oparl_profile.tables import OParlProfileRow
from services.kit.resources import Kind

KEY = "oparl-profile"
"""There is one of each municipality, so its key is the name of its address."""
PROFILES = Kind(OParlProfileRow, "oparl-profile", "boards.oparl_profile")


async def profile(session: AsyncSession) -> OParlProfileRow:
    """The profile of the municipality; 404 while there is none."""
    return await PROFILES.one(session, KEY)
