-- Where the walk was ended because it had walked enough: to how many nodes of each type those lead
-- that it had reached, walked to or not. Not looked for when it came to its own end.
SELECT 'rest' AS name, w.end_key AS key,
       jsonb_build_array(w.way, w.end_type, w.end_key, l.type, count(*)) AS told
FROM (
    SELECT DISTINCT turn.way, reached.end_type, reached.end_key,
        split_part(reached.end_key, '@', 1) AS key, split_part(reached.end_key, '@', 2) AS at
    FROM walked AS reached
    CROSS JOIN LATERAL unnest(
        CASE
            WHEN reached.way = 'up' AND reached.end_type = ANY (cast(:turning AS text[]))
                THEN ARRAY['up', 'down']
            ELSE ARRAY[reached.way]
        END
    ) AS turn (way)
    WHERE (SELECT count(*) FROM walked) = :most
) AS w
CROSS JOIN LATERAL (
    SELECT DISTINCT to_type AS type, to_key AS key
    FROM thread_link
    WHERE w.way = 'down' AND municipality_id = :municipality
      AND from_type = w.end_type AND from_key = w.key AND (w.at = '' OR at = w.at)
    UNION ALL
    SELECT DISTINCT from_type, from_key
    FROM thread_link
    WHERE w.way = 'up' AND municipality_id = :municipality
      AND to_type = w.end_type AND to_key = w.key AND (w.at = '' OR at = w.at)
) AS l
GROUP BY w.way, w.end_type, w.end_key, l.type
