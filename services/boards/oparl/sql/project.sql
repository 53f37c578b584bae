-- Makes objects of one type anew from what is stored, and keeps those that have become others.
-- $1 municipality, $2 which, $3 type, $4 beginning of its addresses, $5 what a deleted one still says,
-- $6 what else has to be known: the key of the municipality, the legal sizes of bodies
WITH asked AS (
    SELECT DISTINCT unnest($2::uuid[]) AS id WHERE $6::jsonb IS NOT NULL
), built AS MATERIALIZED (
:built
), moment AS MATERIALIZED (
    -- Taken while the head of the journal is locked, so times follow the order of commits.
    SELECT date_trunc('second', clock_timestamp()) AS now
), found AS MATERIALIZED (
    SELECT a.id, coalesce(b.public, false) AS public, k.id IS NOT NULL AS known,
           CASE WHEN b.public THEN oparl_members(b.content)
                ELSE replace($5, '{id}', a.id::text) END AS content,
           CASE WHEN b.public THEN oparl_members(b.internal) ELSE '' END AS internal,
           CASE WHEN b.public THEN oparl_members(b.apart) ELSE '' END AS apart,
           CASE WHEN b.public THEN oparl_members(b.back) ELSE '' END AS back,
           CASE WHEN b.public THEN b.lists ELSE coalesce(k.lists, '{}') END AS lists,
           CASE WHEN b.public THEN b.due END AS due,
           array_remove(b.sources, NULL) AS sources,
           k.deleted AS was_deleted, k.content AS old_content, k.internal AS old_internal,
           k.apart AS old_apart, k.back AS old_back, k.lists AS old_lists, k.due AS old_due,
           k.modified
    FROM asked a
    LEFT JOIN built b ON b.id = a.id
    LEFT JOIN LATERAL (
        SELECT o.* FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = $3 AND o.id = a.id LIMIT 1) k ON true
), changed AS MATERIALIZED (
    SELECT f.*, moment.now,
           NOT f.known OR f.was_deleted = f.public
           OR (f.old_content, f.old_internal, f.old_apart) <> (f.content, f.internal, f.apart)
           AS moved
    FROM found f CROSS JOIN moment
    WHERE f.public AND NOT f.known
       OR f.known AND (f.was_deleted, f.old_content, f.old_internal, f.old_apart, f.old_back,
                       f.old_lists, f.old_due) IS DISTINCT FROM
                      (NOT f.public, f.content, f.internal, f.apart, f.back, f.lists, f.due)
), kept AS (
    INSERT INTO oparl_object AS o
        (municipality_id, type, id, created, modified, deleted,
         head, content, internal, apart, back, lists, due)
    SELECT $1, $3, id, now, CASE WHEN moved THEN now ELSE modified END, NOT public,
           '{"id":"\u0001' || $4 || CASE WHEN $4 = '' THEN '' ELSE '/' || id END
               || '","type":"https://schema.oparl.org/1.1/' || $3 || '"',
           content, internal, apart, back, lists, due
    FROM changed
    ON CONFLICT (municipality_id, type, id) DO UPDATE SET
        modified = excluded.modified, deleted = excluded.deleted, content = excluded.content,
        internal = excluded.internal, apart = excluded.apart, back = excluded.back,
        lists = excluded.lists, due = excluded.due
), forgotten AS (
    DELETE FROM oparl_source s
    WHERE s.municipality_id = $1 AND s.type = $3 AND s.object = ANY($2)
      AND NOT EXISTS (SELECT FROM found f WHERE f.id = s.object AND s.source = ANY(f.sources))
), noted AS (
    INSERT INTO oparl_source (municipality_id, source, type, object)
    SELECT DISTINCT $1, source, $3, f.id FROM found f, unnest(f.sources) source
    ON CONFLICT DO NOTHING
), following AS (
    SELECT s.type, array_agg(DISTINCT s.object) AS objects
    FROM changed c
    CROSS JOIN LATERAL (
        SELECT o.type, o.object FROM oparl_source o
        WHERE o.municipality_id = $1 AND o.source = c.id OFFSET 0) s
    WHERE c.moved AND s.type <> $3
    GROUP BY s.type
)
SELECT '' AS type, array_agg(id) AS objects FROM changed
UNION ALL
SELECT type, objects FROM following
