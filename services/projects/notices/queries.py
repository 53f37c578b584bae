"""Every question asked of the stored notices."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from services.contracts.projects.grants import GrantState
from services.contracts.projects.notices import GrantAsOf, NewNotice, NoticeChanges, NoticeKind
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.patches import Patch
from services.kit.problems import NotFound
from services.kit.resources import Kind, matching
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notice_changes.rules import changes
from services.projects.notices import rules
from services.projects.notices.tables import NoticeRow

NOTICES = Kind(NoticeRow, "notices", "projects.notice", within={"grant": GRANTS})


_LISTS = ("budget_lines", "partner_budgets", "overrides", "conditions")


async def page(
    session: AsyncSession, paging: Paging, *, grant: str | None, kind: NoticeKind | None
) -> Mapping[str, Any]:
    """Notices by number, of one grant or kind."""
    where = matching(NoticeRow, grant=grant, kind=kind)
    return await NOTICES.page(session, paging, *where, by="number")


def said(row: NoticeRow) -> NewNotice:
    """What the notice says, as it was entered."""
    return Patch[NewNotice]({}).onto(row)


async def last(session: AsyncSession, grant: str) -> NoticeRow | None:
    """The newest notice of a grant, whoever asks; None when there is none."""
    statement = _of(session, grant).order_by(col(NoticeRow.number).desc()).limit(1)
    return (await session.exec(statement)).one_or_none()


async def numbered(session: AsyncSession, grant: str, number: int) -> NoticeRow | None:
    """One notice of a grant, whoever asks; None when there is none of this number."""
    statement = _of(session, grant).where(col(NoticeRow.number) == number)
    return (await session.exec(statement)).one_or_none()


async def holding(
    session: AsyncSession, grant: str, on: date, known_on: date | None
) -> NoticeRow | None:
    """The notice that holds on a day, as far as it was issued by `known_on`; None before the first.

    404 when the actor may not see it.
    """
    return await _seen(session, await effective(session, grant, on, known_on))


async def effective(
    session: AsyncSession, grant: str, on: date, known_on: date | None = None
) -> NoticeRow | None:
    """The newest of the notices that have taken effect by a day, whoever asks: a later one replaces
    the earlier ones, also where it takes effect before them. None before the first."""
    statement = _of(session, grant).where(col(NoticeRow.effective_from) <= on)
    if known_on is not None:
        statement = statement.where(col(NoticeRow.issued_on) <= known_on)
    statement = statement.order_by(col(NoticeRow.number).desc()).limit(1)
    return (await session.exec(statement)).one_or_none()


async def as_of(session: AsyncSession, key: str, on: date, known_on: date | None) -> GrantAsOf:
    """The grant on a day, as its notices say; as it is now when none is entered."""
    grant = await GRANTS.one(session, key)
    row = await holding(session, grant.key, on, known_on) if grant.notice else None
    session.info.pop("revision", None)  # it is of a row, the answer is of a day
    return told(grant, row, on, known_on)


def told(
    grant: GrantRow, row: NoticeRow | None, on: date, known_on: date | None = None
) -> GrantAsOf:
    """The grant on a day, as this notice of it says; None before the first."""
    said_by = row or (None if grant.notice else grant)
    about = {
        "grant": grant.key,
        "on": on,
        "notice": row.number if row else None,
        "notice_key": row.key if row else None,
        "kind": row.kind if row else None,
        "state": rules.state_on(
            GrantState(grant.state),
            GrantState(row.state) if row else None,
            ended=grant.ended_on is not None and grant.ended_on <= min(on, known_on or on),
            noticed=grant.notice is not None,
        ),
    }
    rest = {
        name: getattr(said_by, name, None) for name in GrantAsOf.model_fields if name not in about
    }
    listed = {name: rest[name] or [] for name in ("sources", *_LISTS)}
    return GrantAsOf.model_validate(about | rest | listed)


async def compared(session: AsyncSession, key: str, number: int) -> NoticeChanges:
    """What a notice changed; 404 when it or the one before is not there or not to be seen."""
    grant = await GRANTS.one(session, key)
    after = await _seen(session, await numbered(session, grant.key, number))
    if after is None:
        raise NotFound(f"There is no notice {number} of {grant.key!r} that you may see.")
    before = await _seen(session, await numbered(session, grant.key, number - 1))
    return NoticeChanges(
        grant=grant.key,
        number=number,
        compared_with=before.number if before else None,
        changes=changes(said(before), said(after)) if before else [],
    )


async def _seen(session: AsyncSession, found: NoticeRow | None) -> NoticeRow | None:
    return None if found is None else await NOTICES.one(session, found.key)


def _of(session: AsyncSession, grant: str) -> SelectOfScalar[NoticeRow]:
    return select(NoticeRow).where(
        col(NoticeRow.municipality_id) == municipality_of(session).id,
        col(NoticeRow.grant) == grant,
    )
