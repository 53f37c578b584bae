"""What a person does with files."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contents.queries import CONTENTS
from services.boards.files import queries, rules
from services.boards.files.queries import FILES
from services.boards.files.rules import Place, in_body, in_query
from services.boards.files.subjects import CARRIERS
from services.boards.files.tables import FileRow
from services.boards.redaction import redact
from services.contracts.boards.files import (
    FileRole,
    FileTexts,
    NewFile,
    NewLinkedFile,
    SubjectKind,
)
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.kit.access import decide
from services.kit.contents.receiving import Received
from services.kit.contents.rules import (
    ANYTHING,
    Recognised,
    check_not_twice,
    media_type,
    recognise,
)
from services.kit.database import actor_of
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Forbidden, Invalid, NotFound


async def upload(session: AsyncSession, received: Received, new: NewFile) -> tuple[FileRow, bool]:
    """Keep what a person sends; the file, and whether it is new.

    The same bytes with the same name for the same subject are the same file.
    """
    rules.check_key(new, in_query)
    await _check_subject(session, new, in_query)
    facts = await CONTENTS.take(session, received, new.file_name, text=received.found.text)
    known = await queries.same(session, new, facts["sha512"])
    if known is not None:
        session.info["revision"] = known.revision
        return known, False
    return await FILES.add(session, new, key=new.key or opaque("f"), **facts), True


async def keep(
    session: AsyncSession,
    content: bytes,
    *,
    name: str,
    file_name: str,
    mime_type: str,
    attached_to: tuple[SubjectKind, str] | None = None,
    role: FileRole | None = None,
    visibility: Visibility = Visibility.public,
    text: str | None = None,
) -> FileRow:
    """Keep a document that we made ourselves, such as minutes; `text` is what it says.

    For other features, inside their own step: Location and ETag of their answer stay theirs.
    """
    kind, subject = attached_to or (None, None)
    new = NewFile(
        name=name,
        file_name=file_name,
        subject_kind=kind,
        subject=subject,
        role=role,
        visibility=visibility,
    )
    file = BytesIO(content)
    found = recognise(file)._replace(text=text)
    before = dict(session.info)
    row, _ = await upload(session, Received(file, found, mime_type), new)
    _as_before(session, before)
    return row


async def link(session: AsyncSession, new: NewLinkedFile) -> FileRow:
    """Note a file that is kept elsewhere; nothing is fetched."""
    rules.check_key(new, in_body)
    await _check_subject(session, new, in_body)
    return await FILES.add(session, new, key=new.key or opaque("f"))


async def change(
    session: AsyncSession, key: str, patch: Patch[FileTexts], expected: int
) -> FileRow:
    """Change what is said of a file."""
    row = await FILES.locked(session, key, expected)
    _check_permission(session, row.subject_kind)
    rules.check_kept(row.key, row.erased_at is not None)
    new = patch.onto(row)
    rules.check_role(new, row.subject)
    if row.link is None:
        media_type(Recognised((row.mime_type,)), ANYTHING, new.file_name)
    fewer = rules.narrowed(row.visibility, new.visibility, already=row.narrowed)
    return await FILES.store(session, row, new, narrowed=fewer)


async def show_to(session: AsyncSession, row: FileRow, visibility: Visibility) -> None:
    """Let others see a file, inside a step of another feature."""
    said = row.model_dump(include=set(FileTexts.model_fields))
    await FILES.store(session, row, FileTexts(**{**said, "visibility": visibility}))


async def withdraw(session: AsyncSession, key: str, reason: str) -> FileRow:
    """Withdraw a file; its bytes go when no other file has them."""
    row = await FILES.one(session, key, lock=True)
    _check_permission(session, row.subject_kind)
    check_not_twice(row.key, row.withdrawn_at is not None)
    row.withdrawn_at, row.reason = datetime.now(UTC), reason
    await session.flush()
    await _forget(session, row.sha512)
    await FILES.tell(session, row, "withdrawn")
    session.info["revision"] = row.revision
    return row


async def restore(session: AsyncSession, row: FileRow) -> None:
    """Let a file that is kept elsewhere stand again, when it is named there again."""
    if row.withdrawn_at is not None and row.link is not None:
        row.withdrawn_at = row.reason = None
        await session.flush()
        await FILES.tell(session, row, "restored")


async def withdraw_all(session: AsyncSession, kind: SubjectKind, key: str, reason: str) -> None:
    """Withdraw every file of a subject, inside a step of another feature."""
    before = dict(session.info)
    for row in (await queries.of(session, kind, [key])).get(key, []):
        await withdraw(session, row.key, reason)
    _as_before(session, before)


async def erase_all(session: AsyncSession, kind: SubjectKind, key: str) -> int:
    """Erase the files of a subject that is erased, and what was said of them; how many.

    Whoever may erase the subject may erase its files: nothing is asked here.
    """
    before = dict(session.info)
    rows = await queries.all_of(session, kind, key)
    for row in rows:
        sha512, moment = row.sha512, datetime.now(UTC)
        for name in rules.SAYS:
            setattr(row, name, None)
        row.withdrawn_at, row.erased_at = row.withdrawn_at or moment, moment
        await session.flush()
        await _forget(session, sha512)
        await FILES.tell(session, row, "erased")
        await redact(session, row)
    _as_before(session, before)
    return len(rows)


async def _forget(session: AsyncSession, sha512: str | None) -> None:
    if sha512 is not None:
        await CONTENTS.forget(session, sha512)


def _as_before(session: AsyncSession, info: Mapping[Any, Any]) -> None:
    session.info.clear()
    session.info.update(info)


async def _check_subject(session: AsyncSession, new: NewFile, place: Place) -> None:
    """Refuse what is not there (422) or not for the actor to change (403)."""
    if new.subject_kind is None or new.subject is None:
        return
    detail = f"There is no such {new.subject_kind.replace('_', ' ')}."
    unknown = Invalid(detail, faults=[Fault(code="unknown", detail=detail, **place("subject"))])
    carrier = CARRIERS.get(new.subject_kind)
    if carrier is None:
        raise unknown
    _check_permission(session, new.subject_kind)
    before = dict(session.info)
    try:
        await carrier.kind.one(session, new.subject)
    except NotFound:
        raise unknown from None
    _as_before(session, before)


def _check_permission(session: AsyncSession, kind: str | None) -> None:
    actor = actor_of(session)
    needed = CARRIERS[SubjectKind(kind)].permission if kind is not None else None
    if needed is not None and decide(actor, needed, actor.municipality) is not None:
        raise Forbidden(f"None of your roles here carries the permission {needed}.")
