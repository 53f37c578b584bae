"""Telling others what the journal says: only of kinds that are named here, and only to those who
may see now what it is about.

    TOLD = (Told(BODIES, "boards.bodies:read"), Told(VOTES, "boards.votes:read", {"closed"}))

Whoever does not belong to the administration hears of a resource that it was created or changed and
of the steps named with it, each only of a state that they might have seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import literal, text, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor, Role
from services.contracts.shared.events import Happened, Scan
from services.kit import sql
from services.kit.access import Acting, allows, visible_to
from services.kit.database import Reading, UnitOfWork, actor_of, municipality_of
from services.kit.resources import Kind

MOST = 500
_AT_ONCE = 500
_STRETCH = 20_000
_LOOKED_AT = 100_000
"""Entries that one statement and one answer look at: who may see few of many asks again."""
_OPEN = frozenset({"created", "changed"})
_NEVER = ("erased", "redacted", "forgotten")
"""Steps that would say of whom something is no longer known."""
EVERY = frozenset({"*"})
"""Who sees the resource at all may know every step of it, such as those who delivered it."""


@dataclass(frozen=True)
class Told:
    """A kind of resource of which others are told, the permission with which it is read, and steps
    of which everybody who sees it is told: without them only that it was created or changed."""

    kind: Kind[Any]
    permission: str
    steps: Collection[str] = frozenset()


def events_router(told: Sequence[Told]) -> APIRouter:
    """What the actor may know, for the gateway. Never reachable through it."""
    router = APIRouter(prefix="/internal/events", include_in_schema=False, route_class=UnitOfWork)

    @router.get("/{municipality}")
    async def events(
        session: Reading,
        actor: Acting,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=0, le=MOST)] = MOST,
        types: str = "*",
        until: Annotated[int | None, Query(ge=0)] = None,
    ) -> Scan:
        return await scan(session, told, after, limit, types.split(","), until)

    return router


async def scan(
    session: AsyncSession,
    told: Sequence[Told],
    after: int,
    limit: int,
    types: Iterable[str],
    until: int | None = None,
) -> Scan:
    """What the actor may know of what was written after number `after` and not after number
    `until`, at most `limit` entries.

    `seq` is up to where everything was looked at; with `limit` 0 the end of the journal.
    """
    head = await _head(session)
    head = head if until is None else min(head, until)
    if limit == 0 or after >= head:
        return Scan(entries=[], seq=max(head, after) if limit else head, more=False)
    kinds = {one.kind.event: one for one in told}
    wanted = {"wanted": [_like(one) for one in types], "open": _open(actor_of(session), told)}
    found: list[Happened] = []
    position, end = after, after + _LOOKED_AT
    while position < min(head, end) and len(found) < limit:
        stretch = min(head, position + _STRETCH)
        entries = await _entries(session, {**wanted, "after": position, "head": stretch})
        position = entries[-1].seq if len(entries) == _AT_ONCE else stretch
        found += await _seen(session, kinds, entries)
    if len(found) > limit:
        found = found[:limit]
        position = found[-1].seq
    return Scan(entries=found, seq=position, more=position < head)


def _open(actor: Actor, told: Sequence[Told]) -> list[str]:
    """Of which types the actor may be told, if they see the subject."""
    patterns: list[str] = []
    for one in told:
        if any(allows(role, one.permission) for role in actor.roles | {Role.public}):
            every = actor.sees_everything or one.steps == EVERY
            steps = ["*"] if every else sorted(_OPEN | set(one.steps))
            patterns += [_like(f"{one.kind.event}.{step}.*") for step in steps]
    return patterns


def _like(pattern: str) -> str:
    return pattern.replace("_", r"\_").replace("*", "%")


async def _head(session: AsyncSession) -> int:
    found = await sql.run(session, _HEAD, {"id": municipality_of(session).id})
    return int(found.scalar_one_or_none() or 0)


async def _entries(session: AsyncSession, values: Mapping[str, Any]) -> list[Happened]:
    never = [f"%.{step}.%" for step in _NEVER]
    town = municipality_of(session).id
    rows = await sql.run(
        session, _ENTRIES, {"id": town, "never": never, "limit": _AT_ONCE, **values}
    )
    return [Happened.model_validate(dict(row)) for row in rows.mappings()]


async def _seen(
    session: AsyncSession, kinds: Mapping[str, Told], entries: Sequence[Happened]
) -> list[Happened]:
    """Those of the entries whose subject the actor may see now, and might have seen then."""
    asked: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        asked[_name(entry)].add(UUID(entry.data["id"]))
    parts = [
        select(literal(name), col(kinds[name].kind.row.id)).where(
            kinds[name].kind.seen(session), col(kinds[name].kind.row.id).in_(identifiers)
        )
        for name, identifiers in asked.items()
    ]
    if not parts:
        return []
    rows = await (await session.connection()).execute(union_all(*parts))
    seen = {(name, str(identifier)) for name, identifier in rows}
    there = [entry for entry in entries if (_name(entry), entry.data["id"]) in seen]
    actor = actor_of(session)
    if actor.sees_everything:
        return there
    member = Role.member in actor.roles
    own = {
        name
        for name, one in kinds.items()
        if one.steps == EVERY or (member and one.kind.also is not None)
    }
    states = await _states(session, kinds, there)
    return [
        entry.model_copy(update={"data": {name: entry.data[name] for name in ("id", "revision")}})
        for entry in there
        if entry.seq in states or _name(entry) in own
    ]


def _name(entry: Happened) -> str:
    return ".".join(entry.type.split(".")[:2])


async def _states(
    session: AsyncSession, kinds: Mapping[str, Told], entries: Sequence[Happened]
) -> set[int]:
    """Numbers of the entries whose subject was then as visible as the actor needs it."""
    rows = await sql.run(
        session,
        _STATES,
        {
            "id": municipality_of(session).id,
            "seqs": [entry.seq for entry in entries],
            "tables": [str(kinds[_name(entry)].kind.row.__tablename__) for entry in entries],
            "ids": [UUID(entry.data["id"]) for entry in entries],
            "revisions": [entry.data["revision"] for entry in entries],
            "visible": [str(one) for one in visible_to(actor_of(session))],
        },
    )
    return set(rows.scalars())


_HEAD = text("SELECT seq FROM journal_head WHERE municipality_id = :id")
_ENTRIES = text("""
    SELECT seq, type, subject, at, data FROM journal
    WHERE municipality_id = :id AND seq > :after AND seq <= :head
      AND type LIKE ANY (cast(:wanted AS text[])) AND type LIKE ANY (cast(:open AS text[]))
      AND NOT type LIKE ANY (cast(:never AS text[])) AND data ? 'id' AND data ? 'revision'
    ORDER BY seq LIMIT :limit""")
_STATES = text("""
    SELECT asked.seq
    FROM unnest(cast(:seqs AS bigint[]), cast(:tables AS text[]), cast(:ids AS uuid[]),
                cast(:revisions AS integer[])) AS asked (seq, resource, id, revision)
    JOIN history AS h ON h.municipality_id = :id AND h.resource = asked.resource
        AND h.id = asked.id AND h.revision = asked.revision
    WHERE h."row" ->> 'visibility' = ANY (cast(:visible AS text[]))""")
