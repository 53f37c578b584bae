"""A town as large as a city: 50 bodies, 600 meetings, 5,000 papers on their way through them."""

import asyncpg
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.oparl import commands
from services.contracts.shared.access import Municipality
from services.kit import sql
from services.kit.database import Database
from tests.support.towns import actor

BODIES, MEETINGS, ITEMS, PAPERS, PERSONS = 50, 600, 10, 5_000, 200
_TABLES = ("body", "meeting", "agenda_item", "paper", "consultation", "file", "membership")
_RESOURCE = "municipality_id, id, visibility, revision, key"
_STATEMENTS = (
    f"""INSERT INTO organisation ({_RESOURCE}, name, kind)
        SELECT :town, gen_random_uuid(), 'public', 1, 'verein-' || n,
               jsonb_build_object('de', 'Verein ' || n), 'association'
        FROM generate_series(1, 20) n""",
    f"""INSERT INTO body ({_RESOURCE}, name, kind, mandates, earlier_mandates, subjects,
            tasks, legal_basis)
        SELECT :town, gen_random_uuid(), 'public', 1, 'gremium-' || n,
               jsonb_build_object('de', 'Gremium ' || n),
               CASE n WHEN 1 THEN 'council' ELSE 'committee' END, '["decides"]', '[]', '[]', '[]',
               '[]'
        FROM generate_series(1, {BODIES}) n""",
    f"""INSERT INTO person ({_RESOURCE}, given_name, family_name, public_by_law)
        SELECT :town, gen_random_uuid(), 'public', 1, 'p-' || n, 'Max', 'Mustermann ' || n,
               'Musterrecht'
        FROM generate_series(1, {PERSONS}) n""",
    f"""INSERT INTO membership ({_RESOURCE}, person, body, role, voting, starts_on)
        SELECT :town, gen_random_uuid(), 'public', 1, 'm-' || n || '-' || half, 'p-' || n,
               'gremium-' || 1 + (n + half * 7) % {BODIES}, 'member', true, '2024-07-01'
        FROM generate_series(1, {PERSONS}) n, generate_series(1, 2) half""",
    f"""INSERT INTO meeting ({_RESOURCE}, body, name, kind, state, starts_at, location)
        SELECT :town, gen_random_uuid(), 'public', 1, 'sitzung-' || n,
               'gremium-' || 1 + n % {BODIES}, jsonb_build_object('de', 'Sitzung ' || n),
               'sitting', 'held', timestamptz '2024-07-01 16:00+02' + n * interval '1 day',
               jsonb_build_object('de', 'Rathaus, Saal ' || n % 5)
        FROM generate_series(1, {MEETINGS}) n""",
    f"""INSERT INTO agenda_item ({_RESOURCE}, meeting, number, position, title, concerns,
                                 urgent, withdrawn)
        SELECT :town, gen_random_uuid(),
               CASE place WHEN 9 THEN 'administration' ELSE 'public' END, 1,
               'a-' || n || '-' || place, 'sitzung-' || n, 1 + place, place,
               jsonb_build_object('de', 'Tagesordnungspunkt ' || place), '[]', false,
               false
        FROM generate_series(1, {MEETINGS}) n, generate_series(0, {ITEMS - 1}) place""",
    f"""INSERT INTO paper ({_RESOURCE}, reference, title, kind, dated_on, state,
                           originator_organisations, originator_bodies, originator_persons,
                           under_direction_of, concerned_organisations, related, superordinate,
                           topics, areas, projects, measures, funded)
        SELECT :town, gen_random_uuid(), 'public', 1, 'vorlage-' || n, n || '/2024',
               jsonb_build_object('de', 'Vorlage ' || n), 'resolution_proposal',
               date '2024-07-01' + n % 600, 'submitted', '[]',
               jsonb_build_array('gremium-' || 1 + n % {BODIES}), '[]',
               jsonb_build_array('verein-' || 1 + n % 20), '[]', '[]',
               CASE WHEN n % 50 = 0 THEN jsonb_build_array('vorlage-' || n - 1) ELSE '[]' END,
               '[]', '[]', '[]', '[]', '{{}}'
        FROM generate_series(1, {PAPERS}) n""",
    f"""INSERT INTO consultation ({_RESOURCE}, paper, body, joint_with, role, position, state,
                                  meeting, agenda_item)
        SELECT :town, gen_random_uuid(), 'public', 1, 'c-' || n, 'vorlage-' || 1 + n % {PAPERS},
               'gremium-' || 1 + (1 + n / {ITEMS}) % {BODIES}, '[]', 'decides', n / {PAPERS},
               'held', 'sitzung-' || 1 + n / {ITEMS}, 'a-' || 1 + n / {ITEMS} || '-' || n % {ITEMS}
        FROM generate_series(0, {MEETINGS * ITEMS - 1}) n""",
    f"""INSERT INTO file ({_RESOURCE}, name, file_name, mime_type, size, sha512, subject_kind,
                          subject, role)
        SELECT :town, gen_random_uuid(), 'public', 1, 'f-' || n, 'Vorlage', 'vorlage.pdf',
               'application/pdf', 4711, encode(sha512(n::text::bytea), 'hex'), 'paper',
               'vorlage-' || n, 'main'
        FROM generate_series(1, {PAPERS}, 5) n""",
)


async def settle(
    database: Database, owner: "asyncpg.Connection[asyncpg.Record]", town: Municipality
) -> None:
    """Let the town be there, with its public side, and with what autovacuum knows of it."""
    async with database.writing(actor(town, ("administrator",))) as session:
        for statement in _STATEMENTS:
            await _run(session, statement, town)

    await owner.execute(f"ANALYZE {', '.join(map('boards.{}'.format, _TABLES))}")
    async with database.writing(actor(town, ("administrator",))) as session:
        await commands.rebuild(session)
    await owner.execute("ANALYZE boards.oparl_object, boards.oparl_source")


async def _run(session: AsyncSession, statement: str, town: Municipality) -> None:
    await sql.run(session, text(statement), {"town": town.id})
