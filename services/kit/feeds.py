"""Calendars whose address is the permission, for calendar programs, which cannot sign in.

FEEDS: Feeds[FeedRow] = Feeds(Kind(FeedRow, "feeds", "boards.feed"), "calendars")

row, address = await FEEDS.issue(session, new)      # the address is told this once
row = await FEEDS.of_token(session, token)          # 404 for any that does not work
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import DateTime
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.kit.problems import NotFound
from services.kit.resources import Kind
from services.kit.tables import Resource


class Feed(Resource):
    """Who has the address of which this is the digest; the address itself is not stored."""

    digest: str
    revoked_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


F = TypeVar("F", bound=Feed)


@dataclass(frozen=True)
class Feeds(Generic[F]):
    """Calendars of one kind, and the first part of their addresses."""

    kind: Kind[F]
    collection: str

    async def issue(self, session: AsyncSession, new: BaseModel) -> tuple[F, str]:
        """Give out the address of a calendar; only its digest stays here."""
        token = secrets.token_urlsafe(24)
        row = await self.kind.add(
            session,
            new,
            key=opaque("k"),
            digest=_digest(token),
            visibility=Visibility.administration,
        )
        return row, f"/v1/{municipality_of(session).key}/{self.collection}/{token}"

    async def revoke(self, session: AsyncSession, key: str, contract: type[BaseModel]) -> F:
        """Let the address work no longer; a second time changes nothing. `contract` is what the
        calendar was asked for with, and stays as it is."""
        row = await self.kind.one(session, key, lock=True)
        same = contract.model_validate({name: getattr(row, name) for name in contract.model_fields})
        at = row.revoked_at or datetime.now(UTC)
        return await self.kind.store(session, row, same, revoked_at=at)

    async def of_token(self, session: AsyncSession, token: str) -> F:
        """The calendar by the secret part of its address; 404 for any that does not work."""
        statement = select(self.kind.row).where(
            col(self.kind.row.municipality_id) == municipality_of(session).id,
            col(self.kind.row.digest) == _digest(token),
            col(self.kind.row.revoked_at).is_(None),
        )
        found = (await session.exec(statement)).one_or_none()
        if found is None:
            raise NotFound("There is no such calendar, or no longer.")
        return found


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
