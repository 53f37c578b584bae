"""How fast all that is funded is told: 500 projects with 50,000 bookings."""

import asyncio
import statistics
import time

import asyncpg
import httpx
from rich.console import Console

TOWN, GRANT = "wartburgkreis", "integrierte-sozialplanung-2023"
_TIMES = 15
FILL = (
    """
    INSERT INTO project (municipality_id, id, key, visibility, revision, name, programmes, state,
        starts_on, ends_on, partners, sites, advising_bodies, goals, tasks)
    SELECT $1, gen_random_uuid(), 'project-' || n, 'public', 1, '{"de": "Vorhaben"}',
        jsonb_build_array($2::text), 'running', DATE '2024-01-01', DATE '2026-12-31', '[]',
        jsonb_build_array(
            jsonb_build_object('name', '{}'::jsonb, 'area', 'area-' || n % 40),
            jsonb_build_object('name', '{}'::jsonb, 'area', 'area-' || (n + 1) % 40)),
        '[]', '[]', '[]'
    FROM generate_series(1, 500) AS n""",
    """
    INSERT INTO "grant" (municipality_id, id, key, visibility, revision, project, programme,
        grantee, state, granted_on, starts_on, ends_on, eligible_cost, amount, rate, financing,
        sources, own_use, notice, currency)
    SELECT $1, gen_random_uuid(), 'grant-' || n, 'public', 1, 'project-' || n, $2, 'landratsamt',
        'granted', DATE '2023-12-01', DATE '2024-01-01', DATE '2026-12-31', 90000, 72000, 80,
        'share', '[]', 0, 1, 'EUR'
    FROM generate_series(1, 500) AS n""",
    """
    INSERT INTO notice (municipality_id, id, key, visibility, revision, "grant", number, kind,
        state, issued_on, effective_from, starts_on, ends_on, eligible_cost, amount, rate,
        financing, sources, budget_lines, partner_budgets, overrides, conditions)
    SELECT $1, gen_random_uuid(), 'notice-' || n, 'public', 1, 'grant-' || n, 1, 'award', 'granted',
        DATE '2023-12-01', DATE '2024-01-01', DATE '2024-01-01', DATE '2026-12-31', 90000, 72000,
        80, 'share',
        (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'year', year, 'amount', amount))
            FROM generate_series(2024, 2026) AS year,
            (VALUES ('eu', '18000.00'), ('state', '6000.00'), ('own', '6000.00'))
                AS s (kind, amount)
        ),
        (SELECT jsonb_agg(jsonb_build_object('category', category, 'year', year, 'amount', amount))
            FROM generate_series(2024, 2026) AS year,
            (VALUES ('staff', '24000.00'), ('external', '6000.00')) AS s (category, amount)),
        '[]', '[]', '[]'
    FROM generate_series(1, 500) AS n
    WHERE $2::text IS NOT NULL""",
    """
    INSERT INTO position (municipality_id, id, key, visibility, revision, title, fte, count,
        pay_grade, starts_on, ends_on, funding, employer, project, tasks, state)
    SELECT $1, gen_random_uuid(), 'position-' || n, 'public', 1, '{"de": "Stelle"}', 0.5, 1,
        'E 9b', DATE '2024-01-01', DATE '2026-12-31',
        jsonb_build_array(jsonb_build_object('grant', 'grant-' || n, 'share', '80', 'starts_on',
            '2024-01-01', 'ends_on', NULL)),
        'landratsamt', 'project-' || n, '[]', 'filled'
    FROM generate_series(1, 500) AS n
    WHERE $2::text IS NOT NULL""",
    """
    INSERT INTO claim (municipality_id, id, key, visibility, revision, "grant", expenditures,
        forecast, requested, currency, cost, supported, state, submitted_on, payouts, paid_out)
    SELECT $1, gen_random_uuid(), 'claim-' || n, 'administration', 1, 'grant-' || n % 500 + 1, '[]',
        '[]', 12000, 'EUR', 15000, 12000, 'paid', DATE '2024-06-01',
        '[{"paid_on": "2024-07-01", "amount": "12000.00"}]', 12000
    FROM generate_series(1, 1000) AS n
    WHERE $2::text IS NOT NULL""",
    """
    INSERT INTO booking (municipality_id, id, fiscal_year, number, account, booked_on, paid_on,
        amount, "grant", category, digest)
    SELECT $1, gen_random_uuid(), 2024, n::text, '5012', day, day, 250.05, 'grant-' || n % 500 + 1,
        CASE WHEN n % 1000 < 700 THEN 'staff' ELSE 'external' END, gen_random_uuid()
    FROM (SELECT n, DATE '2024-01-01' + n % 540 AS day FROM generate_series(1, 50000) AS n) AS told
    WHERE $2::text IS NOT NULL""",
)
"""500 projects with grants, notices, positions and claims, and 50,000 bookings: $1 town, $2
programme."""


def measure(client: httpx.Client, database: str, console: Console) -> None:
    """Found the projects, and ask for the portfolio by programme and by area."""
    asyncio.run(_filled(database))
    for by in ("programme", "area"):
        taken = []
        for _ in range(_TIMES):
            began = time.perf_counter()
            client.get(
                f"/v1/{TOWN}/portfolio", params={"by": by, "on": "2025-06-30"}
            ).raise_for_status()
            taken.append(time.perf_counter() - began)
        first, *again = taken
        console.print(
            f"portfolio of 500 projects with 50,000 bookings by {by}: {first * 1000:.0f} ms the"
            f" first time, then {min(again) * 1000:.0f} ms, {statistics.median(again) * 1000:.0f}"
            " ms in the middle"
        )


async def _filled(url: str) -> None:
    connection = await asyncpg.connect(url, server_settings={"search_path": "projects"})
    asked = 'SELECT municipality_id, programme FROM "grant" WHERE key = $1'
    try:
        where = await connection.fetchrow(asked, GRANT)
        if where is None:
            raise RuntimeError(f"{GRANT} is not there")
        for insert in FILL:
            await connection.execute(insert, *where)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
