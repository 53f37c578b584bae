"""A municipality of 5,000 papers, 2,000 measures, 500 projects and 200,000 journal entries."""
# ruff: noqa: S608 - the statements are made of the numbers in this module alone

from collections.abc import Callable, Mapping, Sequence

import asyncpg

FINDINGS, RECOMMENDATIONS, RESOLUTIONS, PAPERS = 500, 1_000, 1_500, 5_000
MEASURES, PROJECTS, EXPENDITURES, ENTRIES = 2_000, 500, 10_000, 200_000
AREAS, INDICATORS = 100, 5
_RESOURCE = "municipality_id, id, visibility, revision, key"
_ROW = "$1::bigint, gen_random_uuid(), 'public', 1"
FILL: Mapping[str, Sequence[tuple[str, str]]] = {
    "indicators": (
        (
            "area_level",
            f"""INSERT INTO area_level ({_RESOURCE}, name, position)
            VALUES ({_ROW}, 'rt-bezirk', '{{"de": "Bezirk"}}', 77)""",
        ),
        (
            "area",
            f"""INSERT INTO area ({_RESOURCE}, level)
            SELECT {_ROW}, 'rt-bezirk-' || n, 'rt-bezirk' FROM generate_series(0, {AREAS - 1}) n""",
        ),
        (
            "area_version",
            f"""INSERT INTO area_version (municipality_id, id, revision, area, valid_from, name,
                codes, geometry_is_schematic)
            SELECT $1::bigint, gen_random_uuid(), 1, 'rt-bezirk-' || n, DATE '1990-01-01',
                jsonb_build_object('de', 'Bezirk ' || n), '{{}}', false
            FROM generate_series(0, {AREAS - 1}) n""",
        ),
        (
            "indicator",
            f"""INSERT INTO indicator ({_RESOURCE}, name, unit, kind, cases_per_unit, decimals,
                polarity, source, source_codes, periodicity, protection)
            SELECT {_ROW}, 'rt-zahl-' || n, jsonb_build_object('de', 'Zahl ' || n),
                '{{"de": "Personen"}}', 'count', 1, 0, 'neutral', '{{"publisher": "Amt"}}', '[]',
                'year', '{{"mode": "threshold", "threshold": 3}}'
            FROM generate_series(0, {INDICATORS - 1}) n""",
        ),
        (
            "needs_rule",
            f"""INSERT INTO needs_rule ({_RESOURCE}, title, severity, level, combining, conditions,
                active)
            VALUES ({_ROW}, 'rt-regel', '{{"de": "Regel"}}', 'high', 'rt-bezirk', 'all', '[]',
                false)""",
        ),
        (
            "finding",
            f"""INSERT INTO finding ({_RESOURCE}, rule, rule_revision, area, level, title, severity,
                state, first_seen, outcome, resolved_in, evidence, evidence_release, indicators)
            SELECT {_ROW}, 'rt-befund-' || n, 'rt-regel', 1, 'rt-bezirk-' || n % {AREAS},
                'rt-bezirk', jsonb_build_object('de', 'Befund ' || n), 'high',
                CASE WHEN n < {AREAS} THEN 'open' ELSE 'resolved' END, 1, 'met',
                CASE WHEN n >= {AREAS} THEN 1 END,
                jsonb_build_array(jsonb_build_object('indicator', 'rt-zahl-' || n % {INDICATORS},
                    'area', 'rt-bezirk-' || n % {AREAS})), 1,
                jsonb_build_array('rt-zahl-' || n % {INDICATORS})
            FROM generate_series(0, {FINDINGS - 1}) n""",
        ),
    ),
    "boards": (
        (
            "body",
            f"""INSERT INTO body ({_RESOURCE}, name, kind, mandates, earlier_mandates, subjects,
                tasks, topics, legal_basis)
            SELECT {_ROW}, 'rt-gremium-' || n, jsonb_build_object('de', 'Gremium ' || n),
                'committee', '["decides"]', '[]', '[]', '[]', '[]', '[]'
            FROM generate_series(0, 19) n""",
        ),
        (
            "meeting",
            f"""INSERT INTO meeting ({_RESOURCE}, body, name, kind, state, starts_at)
            SELECT {_ROW}, 'rt-sitzung-' || n, 'rt-gremium-' || n % 20, '{{"de": "Sitzung"}}',
                'sitting', 'held', timestamptz '2020-01-01' + n * interval '2 days'
            FROM generate_series(0, 499) n""",
        ),
        (
            "agenda_item",
            f"""INSERT INTO agenda_item ({_RESOURCE}, meeting, number, position, title, concerns,
                urgent, withdrawn)
            SELECT {_ROW}, 'rt-punkt-' || n, 'rt-sitzung-' || n % 500, n, n, '{{"de": "Punkt"}}',
                '[]', false, false
            FROM generate_series(0, {PAPERS - 1}) n""",
        ),
        (
            "paper",
            f"""INSERT INTO paper ({_RESOURCE}, reference, title, kind, dated_on, state,
                originator_organisations, originator_bodies, originator_persons, under_direction_of,
                concerned_organisations, related, superordinate, topics, areas, projects, measures,
                funded)
            SELECT {_ROW}, 'rt-vorlage-' || n, 'RT-' || n,
                jsonb_build_object('de', 'Vorlage ' || n),
                'resolution_proposal', DATE '2020-01-01' + n % 2000, 'decided', '[]', '[]', '[]',
                '[]', '[]', '[]', '[]', '[]', '[]',
                CASE WHEN n % 10 = 0 THEN jsonb_build_array('rt-vorhaben-' || n % {PROJECTS})
                    ELSE '[]' END,
                '[]', '{{}}'
            FROM generate_series(0, {PAPERS - 1}) n""",
        ),
        (
            "recommendation",
            f"""INSERT INTO recommendation ({_RESOURCE}, vote, body, meeting, agenda_item, paper,
                decided_on, title, text, findings, valid)
            SELECT {_ROW}, 'rt-empfehlung-' || n, 'rt-e-' || n, 'rt-gremium-' || n % 20,
                'rt-sitzung-' || n % 500, 'rt-punkt-' || n, 'rt-vorlage-' || n,
                DATE '2020-01-01' + n % 2000, jsonb_build_object('de', 'Empfehlung ' || n),
                '{{"de": "Text"}}', jsonb_build_array(jsonb_build_object('key',
                    'rt-befund-' || n % {FINDINGS}, 'visibility', 'public')), true
            FROM generate_series(0, {RECOMMENDATIONS - 1}) n""",
        ),
        (
            "evidence",
            f"""INSERT INTO evidence ({_RESOURCE}, recommendation, position, indicator, area,
                period, breakdown, value, release, name, unit)
            SELECT {_ROW}, 'rt-beleg-' || n, 'rt-empfehlung-' || n, 0,
                'rt-zahl-' || n % {INDICATORS}, 'rt-bezirk-' || n % {AREAS}, '2024', '', 12, 1,
                '{{"de": "Zahl"}}', '{{"de": "Personen"}}'
            FROM generate_series(0, {RECOMMENDATIONS - 1}) n""",
        ),
        (
            "resolution",
            f"""INSERT INTO resolution ({_RESOURCE}, reference, vote, body, meeting, agenda_item,
                paper, decided_on, kind, title, text, findings, valid)
            SELECT {_ROW}, 'rt-beschluss-' || n, 'RT-B-' || n, 'rt-b-' || n,
                'rt-gremium-' || n % 20, 'rt-sitzung-' || n % 500, 'rt-punkt-' || n,
                'rt-vorlage-' || n,
                DATE '2020-02-01' + n % 2000, 'decision',
                jsonb_build_object('de', 'Beschluss ' || n),
                '{{"de": "Text"}}', '[]', true
            FROM generate_series(0, {RESOLUTIONS - 1}) n""",
        ),
        (
            "resolution_response",
            f"""INSERT INTO resolution_response (municipality_id, resolution, recommendation, kind)
            SELECT $1::bigint, 'rt-beschluss-' || n, 'rt-empfehlung-' || n, 'follows'
            FROM generate_series(0, {RECOMMENDATIONS - 101}) n""",
        ),
        (
            "journal",
            f"""INSERT INTO journal (municipality_id, seq, type, subject, actor, at, data, previous,
                hash)
            SELECT $1::bigint, -n, 'boards.paper.changed.v1', 'papers/rt-vorlage-' || n % {PAPERS},
                'token:bench', now() - n * interval '1 minute', '{{"revision": 1}}', '', ''
            FROM generate_series(1, {ENTRIES}) n""",
        ),
    ),
    "projects": (
        (
            "programme",
            f"""INSERT INTO programme ({_RESOURCE}, name, funders, legal_basis, periods)
            VALUES ({_ROW}, 'rt-programm', '{{"de": "Programm"}}', '[]', '[]', '[]')""",
        ),
        (
            "strategy",
            f"""INSERT INTO strategy ({_RESOURCE}, title, kind, state, legal_basis, prepared_by,
                planning_fields, areas, target_groups, quality)
            SELECT {_ROW}, 'rt-strategie-' || n, jsonb_build_object('de', 'Strategie ' || n),
                'strategy', 'draft', '[]', 'landratsamt', '[]', '[]', '[]', '[]'
            FROM generate_series(0, 9) n""",
        ),
        (
            "project",
            f"""INSERT INTO project ({_RESOURCE}, name, programmes, state, starts_on, partners,
                sites, advising_bodies, goals, tasks)
            SELECT {_ROW}, 'rt-vorhaben-' || n, jsonb_build_object('de', 'Vorhaben ' || n),
                '["rt-programm"]', 'running', DATE '2024-01-01', '[]', '[]', '[]', '[]', '[]'
            FROM generate_series(0, {PROJECTS - 1}) n""",
        ),
        (
            "grant",
            f"""INSERT INTO "grant" ({_RESOURCE}, project, programme, grantee, state, granted_on,
                eligible_cost, amount, rate, financing, sources, own_use, currency)
            SELECT {_ROW}, 'rt-bescheid-' || n, 'rt-vorhaben-' || n, 'rt-programm', 'landratsamt',
                'granted', DATE '2023-12-01', 90000, 72000, 80, 'share', '[]', 0, 'EUR'
            FROM generate_series(0, {PROJECTS - 1}) n""",
        ),
        (
            "measure",
            f"""INSERT INTO measure ({_RESOURCE}, title, project, strategy, action_plans,
                planning_fields, state, areas, target_groups, recommendation, findings,
                mandate_required, mandate, grants, budget, targets, starts_on, funding_state)
            SELECT {_ROW}, 'rt-massnahme-' || n, jsonb_build_object('de', 'Maßnahme ' || n),
                'rt-vorhaben-' || n % {PROJECTS}, 'rt-strategie-' || n % 10, '[]', '[]', 'running',
                '[]', '[]', 'rt-empfehlung-' || n % {RECOMMENDATIONS},
                jsonb_build_array('rt-befund-' || n % {FINDINGS}), true,
                'rt-beschluss-' || n % {RESOLUTIONS},
                jsonb_build_array('rt-bescheid-' || n % {PROJECTS}), '[]',
                jsonb_build_array(jsonb_build_object('indicator', 'rt-zahl-' || n % {INDICATORS},
                    'area', 'rt-bezirk-' || n % {AREAS}, 'direction', 'decrease',
                    'due_on', '2027-12-31')),
                DATE '2024-01-01' + n % 600, 'open'
            FROM generate_series(0, {MEASURES - 1}) n""",
        ),
        (
            "measure_effect",
            f"""INSERT INTO measure_effect (municipality_id, measure, release, released_at,
                evaluated_at, territory, asked, results)
            SELECT $1::bigint, 'rt-massnahme-' || n, 1, now(), now(), now(), '{{}}',
                jsonb_build_array(jsonb_build_object('indicator', 'rt-zahl-' || n % {INDICATORS},
                    'area', 'rt-bezirk-' || n % {AREAS}, 'outcome', 'as_wanted'))
            FROM generate_series(0, {MEASURES // 2 - 1}) n""",
        ),
        (
            "reference",
            f"""INSERT INTO reference (municipality_id, resource, key, id, name, visibility)
            SELECT $1::bigint, 'areas', 'rt-bezirk-' || n, gen_random_uuid(),
                jsonb_build_object('de', 'Bezirk ' || n), 'public'
            FROM generate_series(0, {AREAS - 1}) n
            UNION ALL
            SELECT $1::bigint, 'indicators', 'rt-zahl-' || n, gen_random_uuid(),
                jsonb_build_object('de', 'Zahl ' || n), 'public'
            FROM generate_series(0, {INDICATORS - 1}) n""",
        ),
        (
            "position",
            f"""INSERT INTO position ({_RESOURCE}, title, fte, count, starts_on, funding, employer,
                tasks, state)
            SELECT {_ROW}, 'rt-stelle-' || n, '{{"de": "Stelle"}}', 0.5, 1, DATE '2024-01-01',
                jsonb_build_array(jsonb_build_object('grant', 'rt-bescheid-' || n, 'share', '80',
                    'starts_on', '2024-01-01', 'ends_on', NULL)), 'landratsamt', '[]', 'filled'
            FROM generate_series(0, {PROJECTS - 1}) n""",
        ),
        (
            "expenditure",
            f"""INSERT INTO expenditure (municipality_id, id, visibility, revision, key, project,
                purpose, category, gross, recoverable_vat, shares, evidence, currency, eligible,
                parts, own, state, payment_date)
            SELECT $1::bigint, gen_random_uuid(), 'administration', 1, 'rt-ausgabe-' || n,
                'rt-vorhaben-' || n % {PROJECTS}, 'Sachkosten', 'external', 100, 0, '[]', '[]',
                'EUR', 100, jsonb_build_array(jsonb_build_object('grant',
                    'rt-bescheid-' || n % {PROJECTS}, 'amount', '80.00')), 20, 'recorded',
                DATE '2024-02-01'
            FROM generate_series(0, {EXPENDITURES - 1}) n""",
        ),
        (
            "claim",
            f"""INSERT INTO claim (municipality_id, id, visibility, revision, key, "grant",
                expenditures, forecast, requested, currency, cost, supported, state, payouts,
                paid_out)
            SELECT $1::bigint, gen_random_uuid(), 'administration', 1, 'rt-abruf-' || n,
                'rt-bescheid-' || n % {PROJECTS}, '[]', '[]', 12000, 'EUR', 15000, 12000, 'paid',
                '[]', 12000
            FROM generate_series(0, {2 * PROJECTS - 1}) n""",
        ),
    ),
}
"""By service and in order: table and rows, with $1 the municipality."""
OF: Mapping[str, tuple[Callable[[int], str], int]] = {
    "observation": (lambda n: f"rt-zahl-{n % INDICATORS}/rt-bezirk-{n}", AREAS),
    "finding": (lambda n: f"rt-befund-{n}", FINDINGS),
    "paper": (lambda n: f"rt-vorlage-{n}", PAPERS),
    "recommendation": (lambda n: f"rt-empfehlung-{n}", RECOMMENDATIONS),
    "resolution": (lambda n: f"rt-beschluss-{n}", RESOLUTIONS),
    "strategy": (lambda n: f"rt-strategie-{n}", 10),
    "measure": (lambda n: f"rt-massnahme-{n}", MEASURES),
    "project": (lambda n: f"rt-vorhaben-{n}", PROJECTS),
    "grant": (lambda n: f"rt-bescheid-{n}", PROJECTS),
    "position": (lambda n: f"rt-stelle-{n}", PROJECTS),
    "expenditure": (lambda n: f"rt-ausgabe-{n}", EXPENDITURES),
    "effect": (
        lambda n: f"rt-massnahme-{n}/rt-zahl-{n % INDICATORS}/rt-bezirk-{n % AREAS}",
        MEASURES // 2,
    ),
}
"""Of each type the key of the n-th, and how many there are."""


async def fill(connection: "asyncpg.Connection[asyncpg.Record]", town: int) -> None:
    """Enter the municipality past the services; only the triggers that keep links are at work.

    As a superuser: what rests on votes is entered without them.
    """
    for service, tables in FILL.items():
        async with connection.transaction():
            await connection.execute(f"SET LOCAL search_path = {service}")
            for table, rows in tables:
                await connection.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
                if await connection.fetchval(_KEEPS_LINKS, f'{service}."{table}"'):
                    await connection.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER link')
                await connection.execute(rows, town)
                await connection.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')
    await connection.execute("ANALYZE")


_KEEPS_LINKS = """
    SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = cast($1 AS regclass) AND tgname = 'link')
"""
