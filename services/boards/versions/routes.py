"""Versions of papers over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query, Response

from services.boards.differences.answers import AS_PAGE, InForm, told
from services.boards.versions import commands, queries
from services.boards.versions.queries import VERSIONS
from services.boards.versions.tables import PaperVersionRow
from services.contracts.boards.versions import Difference, PaperVersion, PaperVersionShown
from services.contracts.shared.base import Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.languages import InLanguage
from services.kit.paging import PageOf
from services.kit.patches import Patch

versions = router("Papers", path="/v1/{municipality}/papers/{key}/versions")
READ, WRITE = requires("boards.papers:read"), requires("boards.papers:write")
HISTORY = requires("boards.papers:history")

PaperKey = Annotated[str, Path(alias="key", description="Key or UUID of the paper.")]
Number = Annotated[int, Path(ge=1, le=9999, description="Number of the version.")]


@versions.get("", response_model=Page[PaperVersion], dependencies=[READ])
async def list_paper_versions(
    session: Reading, paging: PageOf, paper: PaperKey
) -> Mapping[str, Any]:
    """List the versions of a paper.

    Its words as they stood (Fassungen), the one in force first.
    """
    return await queries.page(session, paging, paper)


@versions.get("/{number}", response_model=PaperVersion, dependencies=[READ])
async def read_paper_version(session: Reading, paper: PaperKey, number: Number) -> PaperVersionRow:
    """Read a version of a paper.

    By its number.
    """
    return await queries.one(session, paper, number)


@versions.patch("/{number}", response_model=PaperVersion, dependencies=[WRITE])
async def change_paper_version(
    session: Writing,
    paper: PaperKey,
    number: Number,
    patch: Patch[PaperVersionShown],
    expected: Expected,
) -> PaperVersionRow:
    """Say who may see a version.

    With the ETag that you have read as If-Match. Its words are for good; one that should never
    have been public is shown to the administration alone.
    """
    return await commands.show(session, paper, number, patch, expected)


@versions.get("/{number}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_paper_version_history(
    session: Reading, paper: PaperKey, number: Number
) -> list[Revision]:
    """Read the history of a version.

    Every state it had, newest first, with the identifier of who made the change.
    """
    found = await queries.one(session, paper, number)
    return await VERSIONS.history(session, found.key)


@versions.get(
    "/{number}/difference", response_model=Difference, responses=AS_PAGE, dependencies=[READ]
)
async def read_paper_version_difference(
    session: Reading,
    paper: PaperKey,
    number: Number,
    form: InForm,
    lang: InLanguage,
    before: Annotated[
        int | None,
        Query(ge=1, le=9999, description="Number of the version to compare with; the one before."),
    ] = None,
) -> Difference | Response:
    """Compare two versions of a paper.

    Word by word (Textvergleich): as JSON in pieces that are the same, inserted or deleted, or as a
    page of HTML with `ins` and `del`. There is none for the first version alone (404).
    """
    return told(await queries.difference(session, paper, number, before), form, lang)
