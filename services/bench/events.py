"""How fast it is told what happened: 200,000 entries of which everybody may know few."""

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence

import asyncpg
import httpx
from rich.console import Console

TOWN, ID = "langes-gedaechtnis", 169_999_999_996
PAPERS, PUBLIC, ENTRIES = 5_000, 25, 200_000
_ROUNDS = 20
FILL: Sequence[tuple[str, Sequence[object]]] = (
    (
        """
        INSERT INTO boards.paper (municipality_id, id, visibility, revision, key, reference, title,
            kind, dated_on, state, originator_organisations, originator_bodies, originator_persons,
            under_direction_of, concerned_organisations, related, superordinate, topics, areas,
            projects, measures, funded)
        SELECT $1, gen_random_uuid(),
            CASE WHEN n % $3 = 0 THEN 'public' ELSE 'administration' END, 1,
            'vorlage-' || n, 'V-' || n, '{"de": "Vorlage"}', 'resolution_proposal',
            DATE '2020-01-01', 'decided', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]',
            '[]', '[]', '{}'
        FROM generate_series(0, $2 - 1) n""",
        (ID, PAPERS, PAPERS // PUBLIC),
    ),
    (
        """
        INSERT INTO boards.history
            (municipality_id, resource, id, revision, changed_at, actor, "row")
        SELECT municipality_id, 'paper', id, 1, now(), 'bench',
            jsonb_build_object('visibility', visibility)
        FROM boards.paper WHERE municipality_id = $1""",
        (ID,),
    ),
    (
        """
        INSERT INTO boards.journal
            (municipality_id, seq, type, subject, actor, at, data, previous, hash)
        SELECT $1, n, 'boards.paper.changed.v1', 'papers/' || p.key, 'bench', now(),
            jsonb_build_object('id', p.id, 'revision', 1), '', ''
        FROM generate_series(1, $3) n
        JOIN boards.paper p ON p.municipality_id = $1 AND p.key = 'vorlage-' || n % $2""",
        (ID, PAPERS, ENTRIES),
    ),
    ("INSERT INTO boards.journal_head VALUES ($1, $2, $3, '')", (ID, TOWN, ENTRIES)),
    (
        "INSERT INTO projects.follower SELECT DISTINCT $1::bigint, name, $2::bigint"
        " FROM projects.follower",
        (ID, ENTRIES),
    ),
)
"""Whoever follows the journal has done so already."""


def measure(client: httpx.Client, database: str, console: Console) -> None:
    """Found the municipality and read its events as anybody and as the administration."""
    name = {"de": "Langes Gedächtnis"}
    town = {"key": TOWN, "id": str(ID), "name": name, "kind": "association", "state": name}
    client.post("/v1/municipalities", json=town).raise_for_status()
    asyncio.run(_filled(database))
    anybody = {"Authorization": ""}
    for who, headers, query in (
        ("anybody", anybody, {}),
        ("anybody, of a type that there is not", anybody, {"type": "boards.vote.*"}),
        ("the administration", {}, {}),
    ):
        taken = _asked(client, headers, query)
        console.print(
            f"a page of events of {ENTRIES:,} entries for {who}: "
            f"{statistics.median(taken):.0f} ms in the middle, {max(taken):.0f} ms at most"
        )


def _asked(
    client: httpx.Client, headers: Mapping[str, str], query: Mapping[str, str]
) -> list[float]:
    taken = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        answer = client.get(f"/v1/{TOWN}/events", params=query, headers=headers)
        taken.append((time.perf_counter() - began) * 1000)
        told = len(answer.raise_for_status().json()["items"])
        assert told == (0 if query else 100), f"{told} events were told"
    return taken


async def _filled(url: str) -> None:
    # As a superuser and past the triggers: rows of that number would each be written down.
    server = {"session_replication_role": "replica"}
    connection = await asyncpg.connect(url, server_settings=server)
    try:
        for statement, given in FILL:
            await connection.execute(statement, *given)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
