"""Disclosures of grants over HTTP."""

from collections.abc import Mapping
from typing import Any

from services.contracts.projects.grant_disclosures import GrantDisclosure, NewGrantDisclosure
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.grant_disclosures import commands
from services.projects.grant_disclosures.queries import DISCLOSURES
from services.projects.grant_disclosures.tables import GrantDisclosureRow

grant_disclosures = router("Exports")
READ, WRITE = requires("projects.grants:read"), requires("projects.grants:write")
HISTORY = requires("projects.grants:history")


@grant_disclosures.get(
    "/grant-disclosures", response_model=Page[GrantDisclosure], dependencies=[READ]
)
async def list_grant_disclosures(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List disclosures of grants.

    The codes and texts that publishing a grant of the Union asks for, by key. There for those who
    may see the grant.
    """
    return await DISCLOSURES.page(session, paging)


@grant_disclosures.post(
    "/grant-disclosures", status_code=201, response_model=GrantDisclosure, dependencies=[WRITE]
)
async def create_grant_disclosure(session: Writing, new: NewGrantDisclosure) -> GrantDisclosureRow:
    """Create a disclosure of a grant.

    One for each grant. What is null is missing in the exports, and `/exports/completeness` says
    so. Refused is a number of a programme (CCI) of another programming period.
    """
    return await commands.enter(session, new)


@grant_disclosures.get(
    "/grant-disclosures/{key}", response_model=GrantDisclosure, dependencies=[READ]
)
async def read_grant_disclosure(session: Reading, key: str) -> GrantDisclosureRow:
    """Read a disclosure of a grant.

    By its key or its UUID.
    """
    return await DISCLOSURES.one(session, key)


@grant_disclosures.patch(
    "/grant-disclosures/{key}", response_model=GrantDisclosure, dependencies=[WRITE]
)
async def change_grant_disclosure(
    session: Writing, key: str, patch: Patch[NewGrantDisclosure], expected: Expected
) -> GrantDisclosureRow:
    """Change a disclosure of a grant.

    Send only what changes, with the ETag that you have read as If-Match. The grant is for good.
    """
    return await commands.change(session, key, patch, expected)


@grant_disclosures.get(
    "/grant-disclosures/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_grant_disclosure_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a disclosure of a grant.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await DISCLOSURES.history(session, key)
