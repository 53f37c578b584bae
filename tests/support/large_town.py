"""A town as large as a city: 50 bodies, 600 meetings, 5,000 papers on their way through them."""

from dataclasses import asdict, dataclass

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


@dataclass(frozen=True)
class Size:
    """How much there is in a town; the tenth item of a meeting is closed."""

    bodies: int = BODIES
    meetings: int = MEETINGS
    items: int = ITEMS
    papers: int = PAPERS
    persons: int = PERSONS


LARGE = Size()
_RESOURCE = "municipality_id, id, visibility, revision, key"
_STATEMENTS = (
    f"""INSERT INTO organisation ({_RESOURCE}, name, kind)
        SELECT :town, gen_random_uuid(), 'public', 1, 'verein-' || n,
               jsonb_build_object('de', 'Verein ' || n), 'association'
        FROM generate_series(1, 20) n""",
    f"""INSERT INTO body ({_RESOURCE}, name, kind, mandates, earlier_mandates, subjects,
            tasks, topics, legal_basis)
        SELECT :town, gen_random_uuid(), 'public', 1, 'gremium-' || n,
               jsonb_build_object('de', 'Gremium ' || n),
               CASE n WHEN 1 THEN 'council' ELSE 'committee' END, '["decides"]', '[]', '[]', '[]',
               '[]', '[]'
        FROM generate_series(1, :bodies) n""",
    f"""INSERT INTO person ({_RESOURCE}, given_name, family_name, public_by_law)
        SELECT :town, gen_random_uuid(), 'public', 1, 'p-' || n, 'Max', 'Mustermann ' || n,
               'Musterrecht'
        FROM generate_series(1, :persons) n""",
    f"""INSERT INTO membership ({_RESOURCE}, person, body, role, voting, starts_on)
        SELECT :town, gen_random_uuid(), 'public', 1, 'm-' || n || '-' || half, 'p-' || n,
               'gremium-' || 1 + (n + half * 7) % :bodies, 'member', true, '2024-07-01'
        FROM generate_series(1, :persons) n, generate_series(1, 2) half""",
    f"""INSERT INTO meeting ({_RESOURCE}, body, name, kind, state, starts_at, location)
        SELECT :town, gen_random_uuid(), 'public', 1, 'sitzung-' || n,
               'gremium-' || 1 + n % :bodies, jsonb_build_object('de', 'Sitzung ' || n),
               'sitting', 'held', timestamptz '2024-07-01 16:00+02' + n * interval '1 day',
               jsonb_build_object('de', 'Rathaus, Saal ' || n % 5)
        FROM generate_series(1, :meetings) n""",
    f"""INSERT INTO agenda_item ({_RESOURCE}, meeting, number, position, title, concerns,
                                 urgent, withdrawn)
        SELECT :town, gen_random_uuid(),
               CASE place WHEN 9 THEN 'administration' ELSE 'public' END, 1,
               'a-' || n || '-' || place, 'sitzung-' || n, 1 + place, place,
               jsonb_build_object('de', 'Tagesordnungspunkt ' || place), '[]', false,
               false
        FROM generate_series(1, :meetings) n, generate_series(0, :items - 1) place""",
    f"""INSERT INTO paper ({_RESOURCE}, reference, title, kind, dated_on, state,
                           originator_organisations, originator_bodies, originator_persons,
                           under_direction_of, concerned_organisations, related, superordinate,
                           topics, areas, projects, measures, funded)
        SELECT :town, gen_random_uuid(), 'public', 1, 'vorlage-' || n, n || '/2024',
               jsonb_build_object('de', 'Vorlage ' || n), 'resolution_proposal',
               date '2024-07-01' + n % 600, 'submitted', '[]',
               jsonb_build_array('gremium-' || 1 + n % :bodies), '[]',
               jsonb_build_array('verein-' || 1 + n % 20), '[]', '[]',
               CASE WHEN n % 50 = 0 THEN jsonb_build_array('vorlage-' || n - 1) ELSE '[]' END,
               '[]', '[]', '[]', '[]', '{{}}'
        FROM generate_series(1, :papers) n""",
    f"""INSERT INTO consultation ({_RESOURCE}, paper, body, joint_with, role, position, state,
                                  meeting, agenda_item)
        SELECT :town, gen_random_uuid(), 'public', 1, 'c-' || n, 'vorlage-' || 1 + n % :papers,
               'gremium-' || 1 + (1 + n / :items) % :bodies, '[]', 'decides', n / :papers,
               'held', 'sitzung-' || 1 + n / :items, 'a-' || 1 + n / :items || '-' || n % :items
        FROM generate_series(0, :steps - 1) n""",
    f"""INSERT INTO file ({_RESOURCE}, name, file_name, mime_type, size, sha512, subject_kind,
                          subject, role, narrowed)
        SELECT :town, gen_random_uuid(), 'public', 1, 'f-' || n, 'Vorlage', 'vorlage.pdf',
               'application/pdf', 4711, encode(sha512(n::text::bytea), 'hex'), 'paper',
               'vorlage-' || n, 'main', false
        FROM generate_series(1, :papers, 5) n""",
)


async def fill(session: AsyncSession, town: Municipality, size: Size = LARGE) -> None:
    """Let the town be there, without its public side."""
    known = {**asdict(size), "town": town.id, "steps": size.meetings * size.items}
    for statement in _STATEMENTS:
        named = {name: value for name, value in known.items() if f":{name}" in statement}
        await sql.run(session, text(statement), named)


async def settle(
    database: Database, owner: "asyncpg.Connection[asyncpg.Record]", town: Municipality
) -> None:
    """Let the town be there, with its public side, and with what autovacuum knows of it."""
    async with database.writing(actor(town, ("administrator",))) as session:
        await fill(session, town)
    await owner.execute(f"ANALYZE {', '.join(map('boards.{}'.format, _TABLES))}")
    async with database.writing(actor(town, ("administrator",))) as session:
        await commands.rebuild(session)
    await owner.execute("ANALYZE boards.oparl_object, boards.oparl_source")
