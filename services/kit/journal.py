"""The journal: audit trail, outbox and change feed in one, written in the change's transaction.

Each municipality has its own sequence and hash chain. The head row is locked by an append until
commit, so the order of numbers is the order of commits and a reader can simply ask `after=`.
"""

import json
from asyncio import to_thread
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.access import Actor
from services.contracts.shared.journal import Entry, Head
from services.kit import sql
from services.kit.database import actor_of, municipality_of, noted_in_journal

CHANNEL = "planraum_journal"
AT_ONCE = 500
"""So many entries are read at once."""
_LOCK = text("""
    INSERT INTO journal_head (municipality_id, municipality, seq, hash) VALUES (:id, :key, 0, '')
    ON CONFLICT (municipality_id) DO UPDATE SET municipality = excluded.municipality
    RETURNING seq, hash""")
_APPEND = text("""
    WITH entry AS (
        INSERT INTO journal
            (municipality_id, seq, type, subject, actor, at, data, previous, hash)
        VALUES (:municipality_id, :seq, :type, :subject, :actor, :at, cast(:data AS jsonb),
                :previous, :hash))
    UPDATE journal_head SET seq = :seq, hash = :hash WHERE municipality_id = :municipality_id""")


async def append(
    session: AsyncSession, type: str, subject: str, data: Mapping[str, Any] | None = None
) -> Entry:
    """Write down what happened: `append(session, "boards.body.created.v1", "bodies/...", {...})`.

    `data` holds texts, whole numbers, booleans, nulls and lists or maps of them: identifiers and
    digests, never personal data, never floating point numbers (they have no one written form).
    """
    municipality = municipality_of(session)
    head = (await sql.run(session, _LOCK, {"id": municipality.id, "key": municipality.key})).one()
    entry = chained(
        head.seq,
        head.hash,
        municipality_id=municipality.id,
        type=type,
        subject=subject,
        actor=actor_of(session).subject,
        at=datetime.now(UTC),
        data=dict(data or {}),
    )
    await sql.run(session, _APPEND, {**entry.model_dump(), "data": canonical(entry.data)})
    noted_in_journal(session, [subject])
    return entry


_APPEND_ALL = text("""
    WITH entry AS (
        INSERT INTO journal
            (municipality_id, seq, type, subject, actor, at, data, previous, hash)
        SELECT * FROM jsonb_to_recordset(cast(:entries AS jsonb)) AS e
            (municipality_id bigint, seq bigint, type text, subject text, actor text,
             at timestamptz, data jsonb, previous text, hash text))
    UPDATE journal_head SET seq = :seq, hash = :hash WHERE municipality_id = :municipality_id""")


async def append_all(
    session: AsyncSession, events: Sequence[tuple[str, str, Mapping[str, Any]]]
) -> None:
    """Write down many things at once, in their order: type, subject and data of each."""
    if not events:
        return
    municipality = municipality_of(session)
    head = (await sql.run(session, _LOCK, {"id": municipality.id, "key": municipality.key})).one()
    chain = await to_thread(_chain, events, head.seq, head.hash, actor_of(session))
    values = {"seq": chain[-1].seq, "hash": chain[-1].hash, "municipality_id": municipality.id}
    entries = json.dumps([entry.model_dump(mode="json") for entry in chain])
    await sql.run(session, _APPEND_ALL, {"entries": entries, **values})
    noted_in_journal(session, (entry.subject for entry in chain))


def _chain(
    events: Sequence[tuple[str, str, Mapping[str, Any]]], seq: int, hash: str, actor: Actor
) -> list[Entry]:
    assert actor.municipality is not None
    made: list[Entry] = []
    fields = {"municipality_id": actor.municipality.id, "actor": actor.subject}
    at = datetime.now(UTC)
    for type, subject, data in events:
        entry = chained(seq, hash, type=type, subject=subject, at=at, data=dict(data), **fields)
        seq, hash = entry.seq, entry.hash
        made.append(entry)
    return made


def chained(seq: int, previous: str, **fields: Any) -> Entry:
    """The entry that follows number `seq` with hash `previous`."""
    entry = Entry(seq=seq + 1, previous=previous, hash="", **fields)
    return entry.model_copy(update={"hash": digest(entry)})


def canonical(value: Any) -> str:
    """One written form of a JSON value: sorted keys, no spaces, UTF-8. Refuses floats and NaN."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("The journal takes no floating point numbers.")
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)


def digest(entry: Entry) -> str:
    """SHA-256 over the canonical form of everything but the hash itself."""
    fields = entry.model_dump(exclude={"hash", "at"})
    fields["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(canonical(fields).encode()).hexdigest()


def first_broken(entries: Iterable[Entry], head: tuple[int, str] | None = None) -> int | None:
    """Number of the first entry that does not fit the chain; None when the chain is whole.

    With `head` (number and hash of the last entry) a cut-off tail is found as well.
    """
    seq, previous = 0, ""
    for entry in entries:
        fits = entry.seq == seq + 1 and entry.previous == previous
        if not fits or digest(entry) != entry.hash:
            return seq + 1
        seq, previous = entry.seq, entry.hash
    return seq + 1 if head is not None and head != (seq, previous) else None


_HEADS = "SELECT municipality_id, municipality, seq FROM journal_head ORDER BY municipality_id"
_HEADS_OF = """
    SELECT municipality_id, municipality, seq FROM journal_head
    WHERE municipality_id = ANY($1::bigint[]) ORDER BY municipality_id"""


async def heads(pool: "asyncpg.Pool[asyncpg.Record]", of: Collection[int] = ()) -> list[Head]:
    """How far each municipality's journal has come; of these numbers, or of all."""
    rows = await (pool.fetch(_HEADS_OF, list(of)) if of else pool.fetch(_HEADS))
    return [Head.model_validate(dict(row)) for row in rows]


async def entries(
    session: AsyncSession, municipality_id: int, after: int, limit: int = AT_ONCE
) -> list[Entry]:
    """The entries of a municipality after number `after`, oldest first."""
    rows = await sql.run(
        session,
        text("""SELECT municipality_id, seq, type, subject, actor, at, data, previous, hash
                FROM journal WHERE municipality_id = :id AND seq > :after
                ORDER BY seq LIMIT :limit"""),
        {"id": municipality_id, "after": after, "limit": limit},
    )
    return [Entry.model_validate(dict(row)) for row in rows.mappings()]
