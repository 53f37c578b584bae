"""Releases over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.indicators.releases import NewRelease, Release, ReleaseTexts
from services.contracts.shared.base import Page, Revision
from services.indicators.releases import commands
from services.indicators.releases.queries import RELEASES
from services.indicators.releases.tables import ReleaseRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

releases = router("Releases")
READ, RELEASE = requires("indicators.releases:read"), requires("indicators.releases:release")
HISTORY = requires("indicators.releases:history")


@releases.get("/releases", response_model=Page[Release], dependencies=[READ])
async def list_releases(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List releases.

    The newest first (Veröffentlichungsstände).
    """
    return await RELEASES.page(session, paging, by="number", descending=True)


@releases.post("/releases", status_code=201, response_model=Release, dependencies=[RELEASE])
async def create_release(session: Writing, new: NewRelease) -> ReleaseRow:
    """Release figures.

    In one step the figures of approved deliveries are protected by the rules of their indicators
    (Geheimhaltung) and become visible to everybody. Earlier figures stay readable with `as_of`.
    Figures of an indicator that has been defined otherwise since the last release are protected
    anew, and so is everything that adds up otherwise since areas or attributes have moved; a
    release without deliveries does just that. Refused (409) is a delivery that is not approved.
    """
    return await commands.release(session, new)


@releases.get("/releases/{key}", response_model=Release, dependencies=[READ])
async def read_release(session: Reading, key: str) -> ReleaseRow:
    """Read a release.

    By its key, such as `release-3`, or its UUID.
    """
    return await RELEASES.one(session, key)


@releases.patch("/releases/{key}", response_model=Release, dependencies=[RELEASE])
async def change_release(
    session: Writing, key: str, patch: Patch[ReleaseTexts], expected: Expected
) -> ReleaseRow:
    """Change the words of a release.

    Title and note, with the ETag that you have read as If-Match. Its figures are for good.
    """
    return await commands.change(session, key, patch, expected)


@releases.get("/releases/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_release_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a release.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await RELEASES.history(session, key)
