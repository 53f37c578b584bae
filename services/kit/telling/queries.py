"""What the actor may know of the journal, found in the order in which it was written."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    Integer,
    RowMapping,
    Text,
    Uuid,
    column,
    func,
    literal,
    table,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.events import Happened, Scan
from services.kit import sql
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.resources import Kind
from services.kit.telling.rules import Told, name_of, open_to, owned

MOST = 500
_JUDGED = 2_000
"""Of so many entries one answer asks one after the other who may see them; who may see few of them
leaps to the next ones."""


async def scan(
    session: AsyncSession,
    told: Sequence[Told],
    after: int,
    limit: int,
    types: Collection[str],
    until: int | None = None,
) -> Scan:
    """What the actor may know of what was written after number `after` and not after number
    `until`, at most `limit` entries.

    `seq` is up to where everything was looked at; with `limit` 0 the end of the journal.
    """
    actor, kinds = actor_of(session), {one.kind.event: one for one in told}
    head, asked = await _head(session, open_to(actor, told, types))
    head = head if until is None else min(head, until)
    if limit == 0 or after >= head:
        return Scan(entries=[], seq=max(head, after) if limit else head, more=False)
    found: list[Happened] = []
    position, judged, few = after, 0, False
    while position < head and len(found) < limit and judged < _JUDGED:
        values = {"types": asked, "after": position, "head": head, "limit": 2 * limit}
        leaps = few and not actor.sees_everything
        next_ones = _next_seen(session, kinds, values) if leaps else _next(session, values)
        entries = await next_ones
        position = entries[-1]["seq"] if len(entries) == 2 * limit else head
        seen = await _seen(session, kinds, entries)
        judged, few = judged + len(entries), len(seen) * 4 < len(entries)
        found += seen
    if len(found) > limit:
        found = found[:limit]
        position = found[-1].seq
    return Scan(entries=found, seq=position, more=position < head)


async def _head(session: AsyncSession, open: Sequence[str]) -> tuple[int, Sequence[str]]:
    """The end of the journal, and which of these types it knows."""
    found = await sql.run(session, _HEAD, {"id": municipality_of(session).id, "open": open})
    row = found.one()
    return int(row.seq), row.types


async def _next(session: AsyncSession, values: Mapping[str, Any]) -> Sequence[RowMapping]:
    """The next entries of these types."""
    rows = await sql.run(session, _NEXT, {"id": municipality_of(session).id, **values})
    return rows.mappings().all()


async def _next_seen(
    session: AsyncSession, kinds: Mapping[str, Told], values: Mapping[str, Any]
) -> Sequence[RowMapping]:
    """The next entries of these types of what the actor sees, however far away they are: looked up
    from the subjects, of which there are few when few entries are told."""
    own = owned(actor_of(session), kinds)
    names = sorted({name_of(type) for type in values["types"]} & kinds.keys())
    asked: list[tuple[str, Kind[Any]]] = [(name, kinds[name].kind) for name in names]
    parts: list[Any] = [
        select(
            literal(f"{name}.").label("name"),
            literal(str(one.row.__tablename__)).label("resource"),
            literal(name in own).label("own"),
            col(one.row.id).label("id"),
        ).where(one.seen(session))
        for name, one in asked
    ]
    if not parts:
        return []
    town = municipality_of(session).id
    seen = union_all(*parts).cte("seen")
    # Laterally: whatever statistics say of all municipalities, each subject is looked up by itself.
    # Numbers alone are sorted; what else is needed is read until there are enough.
    each = (
        select(_JOURNAL.c.seq)
        .where(
            _JOURNAL.c.municipality_id == town,
            _JOURNAL.c.about == seen.c.id,
            _JOURNAL.c.seq > values["after"],
            _JOURNAL.c.seq <= values["head"],
            _JOURNAL.c.type == func.any(literal(values["types"], ARRAY(Text))),
            func.starts_with(_JOURNAL.c.type, seen.c.name),
        )
        .offset(0)
        .lateral()
    )
    near = (
        select(each.c.seq, seen.c.resource, seen.c.own, seen.c.id)
        .select_from(seen.join(each, true()))
        .order_by(each.c.seq)
        .offset(0)
        .subquery()
    )
    entry = (
        select(*(_JOURNAL.c[name] for name in ("seq", "type", "subject", "at", "data", "about")))
        .where(_JOURNAL.c.municipality_id == town, _JOURNAL.c.seq == near.c.seq)
        .limit(1)
        .lateral()
    )
    then = (
        select(_HISTORY.c.row["visibility"].as_string())
        .where(
            _HISTORY.c.municipality_id == town,
            _HISTORY.c.resource == near.c.resource,
            _HISTORY.c.id == near.c.id,
            _HISTORY.c.revision == entry.c.data["revision"].as_integer(),
        )
        .scalar_subquery()
    )
    statement = (
        select(*entry.c)
        .select_from(near.join(entry, true()))
        .where(near.c.own | then.in_(_visible(session)))
        .order_by(near.c.seq)
        .limit(values["limit"])
    )
    rows: Sequence[RowMapping]
    rows = (await (await session.connection()).execute(statement)).mappings().all()
    return rows


async def _seen(
    session: AsyncSession, kinds: Mapping[str, Told], entries: Sequence[RowMapping]
) -> list[Happened]:
    """Those of the entries whose subject the actor may see now, and might have seen then."""
    entries = [one for one in entries if one["about"] and "revision" in one["data"]]
    asked: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        asked[name_of(entry["type"])].add(entry["about"])
    parts = [
        select(literal(name), col(kinds[name].kind.row.id)).where(
            kinds[name].kind.seen(session), col(kinds[name].kind.row.id).in_(identifiers)
        )
        for name, identifiers in asked.items()
    ]
    if not parts:
        return []
    rows = await (await session.connection()).execute(union_all(*parts))
    seen = {(name, identifier) for name, identifier in rows}
    there = [
        Happened.model_validate(dict(entry))
        for entry in entries
        if (name_of(entry["type"]), entry["about"]) in seen
    ]
    if not there:
        return []
    actor = actor_of(session)
    if actor.sees_everything:
        return there
    own = owned(actor, kinds)
    states = await _states(session, kinds, there)
    return [
        entry.model_copy(update={"data": {name: entry.data[name] for name in ("id", "revision")}})
        for entry in there
        if entry.seq in states or name_of(entry.type) in own
    ]


def _visible(session: AsyncSession) -> list[str]:
    return [str(one) for one in visible_to(actor_of(session))]


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
            "tables": [str(kinds[name_of(entry.type)].kind.row.__tablename__) for entry in entries],
            "ids": [UUID(entry.data["id"]) for entry in entries],
            "revisions": [entry.data["revision"] for entry in entries],
            "visible": _visible(session),
        },
    )
    return set(rows.scalars())


# Types are few and known: each is read along its own index and they are merged, so that what is
# asked for is found wherever it lies. How many of them are seen decides how the next entries are
# best found: a plan made once for everybody took many times as long for those who see few.
_HEAD = text("""
    WITH RECURSIVE known (type) AS (
        (SELECT type FROM journal WHERE municipality_id = :id ORDER BY type LIMIT 1)
        UNION ALL
        SELECT (SELECT j.type FROM journal AS j
                WHERE j.municipality_id = :id AND j.type > known.type ORDER BY j.type LIMIT 1)
        FROM known WHERE known.type IS NOT NULL)
    SELECT coalesce((SELECT seq FROM journal_head WHERE municipality_id = :id), 0) AS seq,
           ARRAY(SELECT type FROM known
                 WHERE type = ANY (cast(:open AS text[]))) AS types,
           set_config('plan_cache_mode', 'force_custom_plan', true)""")
_NEXT = text("""
    SELECT j.seq, j.type, j.subject, j.at, j.data, j.about
    FROM (SELECT each.seq
          FROM unnest(cast(:types AS text[])) AS asked (type)
          CROSS JOIN LATERAL (
              SELECT seq FROM journal
              WHERE municipality_id = :id AND type = asked.type AND seq > :after AND seq <= :head
              ORDER BY seq LIMIT :limit) AS each
          ORDER BY each.seq LIMIT :limit) AS first
    JOIN journal AS j ON j.municipality_id = :id AND j.seq = first.seq
    ORDER BY j.seq""")
_JOURNAL = table(
    "journal",
    column("municipality_id", BigInteger),
    column("seq", BigInteger),
    column("type", Text),
    column("subject", Text),
    column("at", DateTime(timezone=True)),
    column("data", JSONB),
    column("about", Uuid),
)
_HISTORY = table(
    "history",
    column("municipality_id", BigInteger),
    column("resource", Text),
    column("id", Uuid),
    column("revision", Integer),
    column("row", JSONB),
)
_STATES = text("""
    SELECT asked.seq
    FROM unnest(cast(:seqs AS bigint[]), cast(:tables AS text[]), cast(:ids AS uuid[]),
                cast(:revisions AS integer[])) AS asked (seq, resource, id, revision)
    JOIN history AS h ON h.municipality_id = :id AND h.resource = asked.resource
        AND h.id = asked.id AND h.revision = asked.revision
    WHERE h."row" ->> 'visibility' = ANY (cast(:visible AS text[]))""")
