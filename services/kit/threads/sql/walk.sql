-- All links that lead from the starts towards causes (up) or consequences (down), inside this
-- service and one step out of it. UNION ends loops: what was walked is not walked again. From a
-- measure that causes lead to, the walk turns to all that came of it. Of each type `breadth` nodes
-- are walked to from one node, after those that are skipped at the starts.
WITH RECURSIVE walk AS (
    SELECT DISTINCT
        s.way, NULL::text AS from_type, NULL::text AS from_key, NULL::text AS to_type,
        NULL::text AS to_key, NULL::text AS kind, 0::bigint AS more,
        s.type AS end_type, s.key AS end_key, s.skip
    FROM unnest(cast(:ways AS text[]), cast(:types AS text[]), cast(:keys AS text[]),
                cast(:skips AS bigint[])) AS s (way, type, key, skip)
    UNION
    SELECT w.way, l.from_type, l.from_key, l.to_type, l.to_key, l.kind, l.more,
           l.end_type, l.end_key, 0::bigint
    FROM (
        -- A figure with a period is the series `key` at one time.
        SELECT DISTINCT turn.way, reached.end_type, reached.end_key, reached.skip,
            split_part(reached.end_key, '@', 1) AS key, split_part(reached.end_key, '@', 2) AS at
        FROM walk AS reached
        CROSS JOIN LATERAL unnest(
            CASE
                WHEN reached.way = 'up' AND reached.end_type = ANY (cast(:turning AS text[]))
                    THEN ARRAY['up', 'down']
                ELSE ARRAY[reached.way]
            END
        ) AS turn (way)
    ) AS w
    CROSS JOIN LATERAL (
        SELECT c.*, max(place) OVER (PARTITION BY end_type) - w.skip - :breadth AS more
        FROM (
            SELECT from_type, w.end_key AS from_key, to_type, to_key, kind,
                   to_type AS end_type, to_key AS end_key,
                   dense_rank() OVER (PARTITION BY to_type ORDER BY to_key) AS place
            FROM thread_link
            WHERE w.way = 'down' AND municipality_id = :municipality
              AND from_type = w.end_type AND from_key = w.key AND (w.at = '' OR at = w.at)
            UNION ALL
            SELECT from_type, from_key, to_type, w.end_key, kind,
                   from_type AS end_type, from_key AS end_key,
                   dense_rank() OVER (PARTITION BY from_type ORDER BY from_key) AS place
            FROM thread_link
            WHERE w.way = 'up' AND municipality_id = :municipality
              AND to_type = w.end_type AND to_key = w.key AND (w.at = '' OR at = w.at)
            UNION ALL
            -- An indicator stands for its figures in all areas.
            SELECT 'indicator', w.end_key, 'observation', o.key, 'of',
                   'observation', o.key, dense_rank() OVER (ORDER BY o.key)
            FROM (
                SELECT DISTINCT from_key AS key FROM thread_link
                WHERE w.way = 'down' AND w.end_type = 'indicator'
                  AND municipality_id = :municipality AND from_type = 'observation'
                  AND split_part(from_key, '/', 1) = w.end_key
            ) AS o
        ) AS c
    ) AS l
    WHERE l.place > w.skip AND l.place <= w.skip + :breadth
)
SELECT * FROM walk LIMIT :most
