"""What a person does with versions of the catalogue."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue import NewIndicator
from services.contracts.indicators.catalogue_versions import (
    Approval,
    CatalogueVersionTexts,
    NewApproval,
)
from services.contracts.indicators.topics import NewTopic
from services.contracts.shared.base import Visibility
from services.indicators.catalogue.queries import CATALOGUE
from services.indicators.catalogue_versions import queries, rules
from services.indicators.catalogue_versions.queries import VERSIONS
from services.indicators.catalogue_versions.tables import CatalogueVersionRow
from services.kit import sql
from services.kit.clients import Peer
from services.kit.database import actor_of, municipality_of
from services.kit.patches import Patch
from services.kit.problems import Conflict


async def _boards(request: Request) -> Peer:
    peer: Peer = request.app.state.boards
    return peer


Boards = Annotated[Peer, Depends(_boards)]


async def freeze(session: AsyncSession, texts: CatalogueVersionTexts) -> CatalogueVersionRow:
    """Keep every definition as it is now."""
    await sql.alone(session, CATALOGUE)
    await sql.alone(session, "indicators.catalogue_versions")
    number = await queries.last_number(session) + 1
    topics = [rules.frozen(row, NewTopic) for row in await queries.topics(session)]
    indicators = [rules.frozen(row, NewIndicator) for row in await queries.indicators(session)]
    return await VERSIONS.add(
        session,
        texts,
        key=f"catalogue-{number}",
        visibility=Visibility.public,
        number=number,
        sha256=rules.whole(topics, indicators),
        frozen_by=actor_of(session).subject,
        topics=topics,
        indicators=indicators,
        approval=None,
    )


async def change(
    session: AsyncSession, key: str, patch: Patch[CatalogueVersionTexts], expected: int
) -> CatalogueVersionRow:
    """Change what is said of a version."""
    row = await VERSIONS.locked(session, key, expected)
    return await VERSIONS.store(session, row, patch.onto(row))


async def approve(
    session: AsyncSession, boards: Peer, key: str, new: NewApproval
) -> CatalogueVersionRow:
    """Enter the decision by which a board approved the version; refuses a second one."""
    row = await VERSIONS.one(session, key, lock=True)
    if row.approval is not None:
        detail = f"{row.key} was approved by {row.approval['resource']}/{row.approval['key']}."
        raise Conflict(detail, code="approved")
    address = f"/v1/{municipality_of(session).key}/{new.resource}/{new.key}"
    decision = await boards.read(rules.Decision, address, actor_of(session))
    approval = Approval(
        **new.model_dump(exclude={"decided_on"}),
        decided_on=rules.decided_on(new, decision, row.key),
        entered_by=actor_of(session).subject,
        entered_at=datetime.now(UTC),
    )
    row.approval = to_jsonable_python(approval)
    await session.flush()
    session.info["revision"] = row.revision
    facts: dict[str, Any] = {"resource": new.resource, "key": new.key, "sha256": row.sha256}
    await VERSIONS.tell(session, row, "approved", approval=facts)
    return row
