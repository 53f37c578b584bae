-- Which objects have to be made anew: those that touched rows are, are part of, or bring about, and
-- all that were made of them before.
-- $1 municipality, $2 identifiers, $3 keys, $4 everything
WITH legislative_terms AS MATERIALIZED (
    SELECT id FROM legislative_term WHERE municipality_id = $1 AND :those
), profiles AS MATERIALIZED (
    SELECT id FROM oparl_profile WHERE municipality_id = $1 AND :those
), organisations AS MATERIALIZED (
    SELECT id, kind FROM organisation WHERE municipality_id = $1 AND :those
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
), votes AS MATERIALIZED (
    SELECT id, meeting, agenda_item FROM vote WHERE municipality_id = $1 AND :those
), attendances AS MATERIALIZED (
    SELECT id, meeting FROM attendance WHERE municipality_id = $1 AND :those
), papers AS MATERIALIZED (
    SELECT id, superordinate FROM paper WHERE municipality_id = $1 AND :those
), consultations AS MATERIALIZED (
    SELECT id, paper, agenda_item FROM consultation WHERE municipality_id = $1 AND :those
), implementations AS MATERIALIZED (
    SELECT id, resolution FROM implementation WHERE municipality_id = $1 AND :those
    UNION
    SELECT m.id, m.resolution FROM implementation m
    WHERE m.municipality_id = $1 AND m.key IN (
        SELECT implementation FROM implementation_report WHERE municipality_id = $1 AND :those)
), evidences AS MATERIALIZED (
    SELECT resolution, recommendation FROM evidence WHERE municipality_id = $1 AND :those
), resolutions AS MATERIALIZED (
    SELECT id, agenda_item FROM resolution WHERE municipality_id = $1 AND :those
), recommendations AS MATERIALIZED (
    -- A vote makes what was decided by it valid or void, here and below.
    SELECT id, agenda_item FROM recommendation WHERE municipality_id = $1 AND :those
    UNION
    SELECT r.id, r.agenda_item FROM recommendation r
    WHERE r.municipality_id = $1 AND r.agenda_item IN (SELECT agenda_item FROM votes)
), decided AS (
    SELECT agenda_item FROM recommendations
    UNION
    SELECT agenda_item FROM resolutions
    UNION
    SELECT agenda_item FROM resolution WHERE municipality_id = $1 AND key IN (
        SELECT resolution FROM implementations UNION SELECT resolution FROM evidences)
    UNION
    SELECT agenda_item FROM recommendation WHERE municipality_id = $1 AND key IN (
        SELECT recommendation FROM evidences)
), publications AS MATERIALIZED (
    SELECT id FROM publication WHERE municipality_id = $1 AND :those
), files AS MATERIALIZED (
    SELECT id, subject_kind, subject FROM file WHERE municipality_id = $1 AND :those
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
    UNION SELECT id FROM votes
    UNION SELECT id FROM attendances
    UNION SELECT id FROM papers
    UNION SELECT id FROM consultations
    UNION SELECT id FROM publications
    UNION SELECT id FROM recommendations
    UNION SELECT id FROM resolutions
    UNION SELECT id FROM implementations
    UNION SELECT id FROM files
), objects (type, id) AS (
    SELECT s.type, s.object
    FROM touched t
    CROSS JOIN LATERAL (
        SELECT o.type, o.object FROM oparl_source o
        WHERE o.municipality_id = $1 AND o.source = t.id OFFSET 0) s
    WHERE NOT $4
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
    UNION ALL SELECT 'Organization', b.id FROM body b
        JOIN seat s ON s.municipality_id = $1 AND s.body = b.key
        WHERE b.municipality_id = $1
          AND s.rule ->> 'organisation_kind' IN (SELECT kind FROM organisations)
    UNION ALL SELECT 'Person', id FROM persons
    UNION ALL SELECT 'Person', p.id FROM person p
        WHERE p.municipality_id = $1
          AND p.key IN (SELECT subject FROM files WHERE subject_kind = 'person')
    UNION ALL SELECT 'Person', p.id FROM person p
        WHERE p.municipality_id = $1 AND p.key IN (SELECT person FROM memberships)
    UNION ALL SELECT 'Membership', id FROM memberships
    UNION ALL SELECT 'Location', oparl_uuid('person/' || id) FROM persons
    UNION ALL SELECT 'Location', oparl_uuid(location ->> 'de') FROM meetings
    UNION ALL SELECT 'Meeting', id FROM meetings
    UNION ALL SELECT 'Meeting', m.id FROM meeting m
        WHERE m.municipality_id = $1 AND m.key IN (
            SELECT meeting FROM agenda_items UNION SELECT meeting FROM votes
            UNION SELECT meeting FROM attendances
            UNION SELECT subject FROM files WHERE subject_kind = 'meeting')
    -- One that appears, goes or moves changes the places of the others.
    UNION ALL SELECT 'AgendaItem', i.id FROM agenda_item i
        WHERE i.municipality_id = $1 AND i.meeting IN (SELECT meeting FROM agenda_items)
    UNION ALL SELECT 'AgendaItem', i.id FROM agenda_item i
        WHERE i.municipality_id = $1 AND i.key IN (
            SELECT agenda_item FROM votes UNION SELECT agenda_item FROM consultations
            UNION SELECT agenda_item FROM decided
            UNION SELECT subject FROM files WHERE subject_kind = 'agenda_item')
    UNION ALL SELECT 'File', id FROM files
    UNION ALL SELECT 'Consultation', id FROM consultations
    UNION ALL SELECT 'Paper', id FROM papers
    UNION ALL SELECT 'Paper', p.id FROM paper p
        WHERE p.municipality_id = $1 AND p.key IN (
            SELECT paper FROM consultations
            UNION SELECT jsonb_array_elements_text(superordinate) FROM papers
            UNION SELECT subject FROM files WHERE subject_kind = 'paper')
)
SELECT type, array_agg(DISTINCT id) AS objects FROM objects WHERE id IS NOT NULL GROUP BY type
