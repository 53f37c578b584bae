"""How fast everything is searched: 5,000 papers, 2,000 measures and 500 projects."""

import asyncio
import re
import statistics
import time
from collections.abc import Sequence

import asyncpg
import httpx
from rich.console import Console

from services.boards.search.declared import INDEX as BOARDS
from services.contracts.shared.access import Actor, Municipality
from services.kit.clients import service_actor
from services.kit.database import Database
from services.kit.search.keeping import rebuild
from services.kit.settings import Settings
from services.projects.search.declared import INDEX as PROJECTS

TOWN = "jena"
_INDEXES = {"boards": BOARDS, "projects": PROJECTS}
_ROUNDS = 8
WORDS = (
    *("Armut", "Bildung", "Quartier", "Teilhabe", "Pflege", "Wohnen", "Jugend", "Familie"),
    *("Integration", "Inklusion", "Arbeit", "Gesundheit", "Beratung", "Mobilität", "Prävention"),
    *("Förderung", "Planung", "Bericht", "Strategie", "Netzwerk", "Haushalt", "Satzung"),
    *("Kindertagesstätte", "Schulsozialarbeit", "Jobcenter", "Seniorinnen", "Häuser", "Straße"),
)
FILL = {
    "boards": """
        INSERT INTO paper (municipality_id, id, key, visibility, revision, reference, title, kind,
            dated_on, state, originator_organisations, originator_bodies, originator_persons,
            under_direction_of, concerned_organisations, related, superordinate, topics, areas,
            projects, measures, funded, text)
        SELECT $1, gen_random_uuid(), 'vorlage-' || n,
            CASE WHEN n % 10 = 0 THEN 'administration' ELSE 'public' END, 1,
            to_char(n, 'FM00000') || '/2024-BV',
            jsonb_build_object('de', 'Vorlage ' || n || ' ' || :4_words),
            'report', DATE '2020-01-01' + n % 2000, 'submitted',
            '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]', '[]',
            jsonb_build_object('de', :80_words)
        FROM generate_series(1, 5000) AS n""",
    "projects": """
        WITH found AS (
            INSERT INTO project (municipality_id, id, key, visibility, revision, name, programmes,
                state, starts_on, partners, sites, advising_bodies, goals, tasks, description)
            SELECT $1, gen_random_uuid(), 'vorhaben-' || n, 'public', 1,
                jsonb_build_object('de', 'Vorhaben ' || n || ' ' || :3_words),
                '[]', 'running', DATE '2024-01-01', '[]', '[]', '[]', '[]', '[]',
                jsonb_build_object('de', :60_words)
            FROM generate_series(1, 500) AS n)
        INSERT INTO measure (municipality_id, id, key, visibility, revision, title, action_plans,
            planning_fields, state, areas, target_groups, findings, mandate_required, grants,
            budget, targets, starts_on, description, funding_state)
        SELECT $1, gen_random_uuid(), 'massnahme-' || n, 'public', 1,
            jsonb_build_object('de', 'Maßnahme ' || n || ' ' || :4_words),
            '[]', '[]', 'running', '[]', '[]', '[]', false, '[]', '[]', '[]', DATE '2024-01-01',
            jsonb_build_object('de', :60_words), 'none'
        FROM generate_series(1, 2000) AS n""",
}
"""$1 municipality, $2 words; `:4_words` are some of them."""
_SOME = """
    (SELECT string_agg(($2::text[])[1 + (n * 7 + i * (1 + n % 5)) % cardinality($2)], ' ')
     FROM generate_series(1, \\1) AS i)"""
QUESTIONS = (
    *("Armut", "Kindertagesstaette", "Häuser", "Jobcenter Beratung", '"Armut Bildung"'),
    *("00815/2024-BV", "Quartier -Pflege", "Strategie", "Maßnahme 1500", "Vorhaben Teilhabe"),
    *("Schulsozialarbeit", "Mobilitaet Prävention", "BIWAQ", "povertà", "Seniorin"),
)
BEGUN = ("ar", "arm", "vor", "vorlage 4", "maßnahme", "schul", "biw", "quart", "mob", "008", "st")


def measure(client: httpx.Client, database: str, console: Console) -> None:
    """Found the papers, measures and projects, and ask as anybody and as a planner."""
    made = asyncio.run(_filled(database))
    console.print(f"7,500 documents made anew: {made:.1f} s")
    for path, name, asked in (
        ("search", "search", QUESTIONS),
        ("suggestions", "suggestions", BEGUN),
    ):
        for who, headers in (("anybody", {"Authorization": ""}), ("a planner", {})):
            taken = _asked(client, path, asked, headers)
            p95 = statistics.quantiles(taken, n=20)[-1]
            console.print(
                f"{name} over 7,500 documents for {who}: {statistics.median(taken) * 1000:.0f} ms"
                f" in the middle, {p95 * 1000:.0f} ms at the 95th percentile"
            )


def _asked(
    client: httpx.Client, path: str, asked: Sequence[str], headers: dict[str, str]
) -> list[float]:
    taken = []
    for _ in range(_ROUNDS):
        for q in asked:
            began = time.perf_counter()
            address = f"/v1/{TOWN}/{path}"
            client.get(address, params={"q": q}, headers=headers).raise_for_status()
            taken.append(time.perf_counter() - began)
    return taken


async def _filled(url: str) -> float:
    """Fill the town; seconds in which the search of it was made anew."""
    taken = 0.0
    for schema, insert in FILL.items():
        connection = await asyncpg.connect(url, server_settings={"search_path": schema})
        try:
            asked = "SELECT municipality_id FROM journal_head WHERE municipality = $1"
            town = await connection.fetchval(asked, TOWN)
            if town is None:
                raise RuntimeError(f"{TOWN} is not there")
            await connection.execute(re.sub(r":(\d+)_words", _SOME, insert), town, list(WORDS))
            # Rows that no journal tells of.
            began = time.perf_counter()
            async with Database(schema, url, Settings()).opened() as opened:
                await rebuild(opened, _INDEXES[schema], _worker(town))
            taken += time.perf_counter() - began
            await connection.execute("ANALYZE")
        finally:
            await connection.close()
    return taken


def _worker(town: int) -> Actor:
    return service_actor("bench", Municipality(key=TOWN, id=town))
