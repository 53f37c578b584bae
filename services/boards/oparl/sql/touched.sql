-- Which objects have to be made anew: those that touched rows are, are part of, or bring about, and
-- all that were made of them before.
-- $1 municipality, $2 identifiers, $3 keys, $4 everything
WITH legislative_terms AS MATERIALIZED (
    SELECT id FROM legislative_term WHERE municipality_id = $1 AND :those
), profiles AS MATERIALIZED (
    SELECT id FROM oparl_profile WHERE municipality_id = $1 AND :those
), organisations AS MATERIALIZED (
    SELECT id FROM organisation WHERE municipality_id = $1 AND :those
), bodies AS MATERIALIZED (
    SELECT id FROM body WHERE municipality_id = $1 AND :those
), seats AS MATERIALIZED (
    SELECT id, body FROM seat WHERE municipality_id = $1 AND :those
), persons AS MATERIALIZED (
    SELECT id FROM person WHERE municipality_id = $1 AND :those
), memberships AS MATERIALIZED (
    SELECT id, person, body FROM membership WHERE municipality_id = $1 AND :those
), meetings AS MATERIALIZED (
    SELECT id, location FROM meeting WHERE municipality_id = $1 AND :those
), agenda_items AS MATERIALIZED (
    SELECT id, meeting FROM agenda_item WHERE municipality_id = $1 AND :those
), touched AS (
    SELECT id FROM unnest($2::uuid[]) AS id
    UNION SELECT id FROM legislative_terms
    UNION SELECT id FROM profiles
    UNION SELECT id FROM organisations
    UNION SELECT id FROM bodies
    UNION SELECT id FROM seats
    UNION SELECT id FROM persons
    UNION SELECT id FROM memberships
    UNION SELECT id FROM meetings
    UNION SELECT id FROM agenda_items
), objects (type, id) AS (
    SELECT s.type, s.object FROM oparl_source s JOIN touched t ON t.id = s.source
    WHERE s.municipality_id = $1
    UNION ALL SELECT type, id FROM oparl_object WHERE municipality_id = $1 AND $4
    UNION ALL SELECT 'System', oparl_uuid('system') FROM profiles
    UNION ALL SELECT 'System', oparl_uuid('system') WHERE $4
    UNION ALL SELECT 'Body', oparl_uuid('body') FROM profiles
    UNION ALL SELECT 'Body', oparl_uuid('body') WHERE $4
    UNION ALL SELECT 'Body', oparl_uuid('body') FROM legislative_terms
    UNION ALL SELECT 'Body', oparl_uuid('body') FROM bodies
    UNION ALL SELECT 'LegislativeTerm', id FROM legislative_terms
    UNION ALL SELECT 'Organization', id FROM organisations
    UNION ALL SELECT 'Organization', id FROM bodies
    UNION ALL SELECT 'Organization', b.id FROM body b
        WHERE b.municipality_id = $1
          AND b.key IN (SELECT body FROM seats UNION SELECT body FROM memberships)
    UNION ALL SELECT 'Person', id FROM persons
    UNION ALL SELECT 'Person', p.id FROM person p
        WHERE p.municipality_id = $1 AND p.key IN (SELECT person FROM memberships)
    UNION ALL SELECT 'Membership', id FROM memberships
    UNION ALL SELECT 'Location', oparl_uuid('person/' || id) FROM persons
    UNION ALL SELECT 'Location', oparl_uuid(location ->> 'de') FROM meetings
    UNION ALL SELECT 'Meeting', id FROM meetings
    UNION ALL SELECT 'Meeting', m.id FROM meeting m
        WHERE m.municipality_id = $1 AND m.key IN (SELECT meeting FROM agenda_items)
    -- One that appears, goes or moves changes the places of the others.
    UNION ALL SELECT 'AgendaItem', i.id FROM agenda_item i
        WHERE i.municipality_id = $1 AND i.meeting IN (SELECT meeting FROM agenda_items)
)
SELECT type, array_agg(DISTINCT id) AS objects FROM objects WHERE id IS NOT NULL GROUP BY type
