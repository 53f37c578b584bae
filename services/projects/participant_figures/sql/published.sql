-- Who takes part in the project of a grant, as it was published last by a day: all participants by
-- span, and when the other grants of the project pay. What was counted and not published stays out.
SELECT
    e.number, e.published_on,
    coalesce(jsonb_path_query_array(e.rows, '$[*] ? (@.code == "EECO01")'), '[]') AS rows,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object('starts_on', o.starts_on, 'ends_on', o.ends_on))
        FROM "grant" AS o
        WHERE
            o.municipality_id = g.municipality_id AND o.project = g.project AND o.key <> g.key
            AND o.state IN ('granted', 'closed')
    ), '[]') AS others
FROM "grant" AS g
INNER JOIN monitoring AS m ON m.municipality_id = g.municipality_id AND m.project = g.project
LEFT JOIN LATERAL (
    SELECT *
    FROM participation_edition AS p
    WHERE
        p.municipality_id = m.municipality_id AND p.monitoring = m.key AND p.published_on <= :on
    ORDER BY p.number DESC
    LIMIT 1
) AS e ON true
WHERE g.municipality_id = :town AND g.key = :grant
