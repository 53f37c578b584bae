"""What a person does with versions of publications."""

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.files import commands as files
from services.boards.files import queries as attached
from services.boards.files.tables import FileRow
from services.boards.neighbours import Named, Neighbours, check_there
from services.boards.publication_versions import queries, rules
from services.boards.publication_versions.queries import VERSIONS
from services.boards.publication_versions.tables import PublicationVersionRow
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.rules import check_standing
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.files import FileRole, SubjectKind
from services.contracts.boards.publication_versions import NewPublicationVersion
from services.contracts.shared.base import Visibility
from services.kit import conditional
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Gone, NotFound
from services.kit.resources import aside


async def publish(
    session: AsyncSession, beside: Neighbours, publication: str, new: NewPublicationVersion
) -> PublicationVersionRow:
    """Publish a version; from now on it is the current one.

    It opens those of its files that are drafts. One that is in preparation closes its files to
    everybody else, as hiding it does later.
    """
    found = await _standing(session, publication)
    number = await queries.last_number(session, found.key) + 1
    rules.check_changes(new, number)
    attached = await _attached(session, found.key)
    standing = await queries.standing(session, found.key)
    drafts = rules.drafts(attached)
    rules.check_files(new, attached, drafts)
    await _check_figures(session, beside, new)
    row = await VERSIONS.add(session, new, key=opaque("v"), publication=found.key, number=number)
    await _show(session, row, standing, attached, drafts)
    base = f"/v1/{municipality_of(session).key}/publications/{found.key}"
    session.info["location"] = f"{base}/versions/{number}"
    return row


async def change(
    session: AsyncSession,
    beside: Neighbours,
    publication: str,
    number: int,
    patch: Patch[NewPublicationVersion],
    expected: int,
) -> PublicationVersionRow:
    """Change what is said of a version; its files are what was published.

    Once others see it, its drafts are opened. Refused (422): other files, and what leaves a file in
    the version that fewer people may see, such as one that was hidden on purpose.
    """
    found = await _standing(session, publication)
    row = await queries.one(session, found.key, number)
    conditional.require(row.revision, expected)
    check_standing(f"Version {number}", row.withdrawn_at is not None)
    new = patch.onto(row, "files")
    rules.check_changes(new, row.number)
    attached = await _attached(session, found.key)
    standing = await queries.standing(session, found.key)
    drafts = rules.drafts(attached)
    rules.check_files(new, attached, drafts, gone=row.files)
    await _check_figures(session, beside, new, row)
    stored = await VERSIONS.store(session, row, new)
    await _show(session, stored, standing, attached, drafts)
    return stored


async def _show(
    session: AsyncSession,
    row: PublicationVersionRow,
    standing: Sequence[PublicationVersionRow],
    attached: Mapping[str, FileRow],
    drafts: Set[str],
) -> None:
    """Let those see the drafts who see the version, and nobody a file who sees no version of it."""
    with aside(session):
        for key in rules.to_open(row, drafts):
            await files.show_to(session, attached[key], Visibility(row.visibility))
    await _close(session, row.files, [row, *_others(row, standing)], attached)


async def _close(
    session: AsyncSession,
    keys: Sequence[str],
    versions: Sequence[PublicationVersionRow],
    attached: Mapping[str, FileRow],
) -> None:
    with aside(session):
        for key, visibility in rules.too_open(keys, versions, attached).items():
            await files.show_to(session, attached[key], visibility)


async def withdraw(
    session: AsyncSession, publication: str, number: int, reason: str
) -> PublicationVersionRow:
    """Withdraw a version and the files that no other version has; those that only a version for
    fewer people has are closed to everybody else."""
    found = await _standing(session, publication)
    row = await queries.one(session, found.key, number)
    check_standing(f"Version {number}", row.withdrawn_at is not None)
    still = await _attached(session, found.key)
    others = _others(row, await queries.standing(session, found.key))
    for key in rules.only_here(row.files, others):
        if key in still:
            await files.withdraw(session, key, reason)
    await _close(session, row.files, others, still)
    row.withdrawn_at, row.reason = datetime.now(UTC), reason
    await session.flush()
    await VERSIONS.tell(session, row, "withdrawn")
    session.info["revision"] = row.revision
    return row


async def document(session: AsyncSession, publication: str, number: int | None) -> FileRow:
    """The main file of a version, of the current one when none is named.

    Refused: 404 where there is no file, 410 where it was withdrawn.
    """
    found = await PUBLICATIONS.one(session, publication)
    if number is None:
        row = await queries.current(session, found.key)
    else:
        row = await queries.one(session, found.key, number)
    session.info.pop("revision", None)
    if found.withdrawn_at is not None or (row is not None and row.withdrawn_at is not None):
        raise Gone(f"{publication} was withdrawn.")
    there = await _attached(session, found.key)
    known = [there[key] for key in (row.files if row is not None else ()) if key in there]
    if not known:
        raise NotFound(f"{publication} has no file that you may see.")
    return _first(known)


def _first(known: Sequence[FileRow]) -> FileRow:
    return next((file for file in known if file.role == FileRole.main), known[0])


async def _standing(session: AsyncSession, publication: str) -> PublicationRow:
    """The publication, of which nobody else changes versions until commit."""
    found = await PUBLICATIONS.one(session, publication, lock=True)
    check_standing(found.key, found.withdrawn_at is not None)
    return found


def _others(
    row: PublicationVersionRow, standing: Sequence[PublicationVersionRow]
) -> list[PublicationVersionRow]:
    """The standing versions beside this one."""
    return [one for one in standing if one.number != row.number]


async def _attached(session: AsyncSession, publication: str) -> dict[str, FileRow]:
    known = await attached.of(session, SubjectKind.publication, [publication])
    return {file.key: file for file in known.get(publication, [])}


async def _check_figures(
    session: AsyncSession,
    beside: Neighbours,
    new: NewPublicationVersion,
    row: PublicationVersionRow | None = None,
) -> None:
    """Refuse (422) indicators and releases that the indicators service does not know."""
    named = _figures(beside, new)
    before = _figures(beside, row) if row is not None else ()
    known = {(one.collection, key) for one in before for key in one.keys}
    await check_there(session, *named, known=known)


def _figures(
    beside: Neighbours, version: NewPublicationVersion | PublicationVersionRow
) -> tuple[Named, Named]:
    releases = [f"release-{number}" for number in version.releases]
    return (
        Named(beside.indicators, "indicators", version.indicators, "/indicators"),
        Named(beside.indicators, "releases", releases, "/releases"),
    )
