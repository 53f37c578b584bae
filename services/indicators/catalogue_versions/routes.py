"""Versions of the catalogue over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.catalogue_versions import (
    CatalogueDifference,
    CatalogueVersion,
    CatalogueVersionInBrief,
    CatalogueVersionTexts,
    NewApproval,
)
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.catalogue_versions import commands, queries, rules
from services.indicators.catalogue_versions.commands import Boards
from services.indicators.catalogue_versions.queries import VERSIONS
from services.kit.access import Acting, requires, visible_to
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

versions = router("Catalogue versions")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")
HISTORY = requires("indicators.catalogue:history")
Before = Annotated[Key, Query(description="The version to compare with.")]


@versions.get(
    "/catalogue/versions", response_model=Page[CatalogueVersionInBrief], dependencies=[READ]
)
async def list_catalogue_versions(session: Reading, paging: PageOf) -> Mapping[str, Any]:
    """List versions of the catalogue.

    The newest first (Katalogstände), without their definitions.
    """
    return await VERSIONS.page(session, paging, by="number", descending=True)


@versions.post(
    "/catalogue/versions", status_code=201, response_model=CatalogueVersion, dependencies=[WRITE]
)
async def create_catalogue_version(
    session: Writing, texts: CatalogueVersionTexts
) -> CatalogueVersion:
    """Freeze the catalogue.

    Keeps every indicator and topic as it is defined now, with its revision and a hash (SHA-256
    over canonical JSON). Two versions with the same hash say the same.
    """
    return queries.shown(session, await commands.freeze(session, texts))


@versions.get("/catalogue/versions/{key}", response_model=CatalogueVersion, dependencies=[READ])
async def read_catalogue_version(session: Reading, key: str) -> CatalogueVersion:
    """Read a version of the catalogue.

    With the definitions that you may see; the hash is that of all.
    """
    return queries.shown(session, await VERSIONS.one(session, key))


@versions.patch("/catalogue/versions/{key}", response_model=CatalogueVersion, dependencies=[WRITE])
async def change_catalogue_version(
    session: Writing, key: str, patch: Patch[CatalogueVersionTexts], expected: Expected
) -> CatalogueVersion:
    """Change the words of a version.

    Title and note, with the ETag that you have read as If-Match. Its definitions are for good.
    """
    return queries.shown(session, await commands.change(session, key, patch, expected))


@versions.post(
    "/catalogue/versions/{key}/approval", response_model=CatalogueVersion, dependencies=[WRITE]
)
async def approve_catalogue_version(
    session: Writing, boards: Boards, key: str, approval: NewApproval
) -> CatalogueVersion:
    """Enter the approval of a version.

    The decision (Beschluss) by which a board approved it, asked of the boards service: the act of
    a body with the power to set indicators on this very version, or a resolution. Refused are one
    that is not there, that does not hold or is about something else (422), and a second approval
    (409); 503 while the boards service is away.
    """
    row = await commands.approve(session, boards, key, approval)
    return queries.shown(session, row)


@versions.get(
    "/catalogue/versions/{key}/difference", response_model=CatalogueDifference, dependencies=[READ]
)
async def read_catalogue_difference(
    session: Reading, actor: Acting, key: str, before: Before
) -> CatalogueDifference:
    """Compare two versions of the catalogue.

    Which indicators and topics came, went and changed since the version `before`, field by field.
    """
    old = await VERSIONS.one(session, before)
    new = await VERSIONS.one(session, key)
    session.info.pop("revision", None)
    visible = visible_to(actor)
    return CatalogueDifference(
        before=old.key,
        after=new.key,
        topics=rules.difference(rules.seen(old.topics, visible), rules.seen(new.topics, visible)),
        indicators=rules.difference(
            rules.seen(old.indicators, visible), rules.seen(new.indicators, visible)
        ),
    )


@versions.get(
    "/catalogue/versions/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_catalogue_version_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a version.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await VERSIONS.history(session, key)
