-- What notices say of every grant on a day, what the grant says where none is entered, and which
-- positions it pays for.
SELECT
    g.key, g.project, g.programme, g.state, g.granted_on, g.ended_on,
    g.notice IS NOT NULL AS noticed, n.key AS notice, n.state AS notice_state,
    n.effective_from,
    coalesce(n.financing, g.financing) AS financing,
    CASE WHEN g.notice IS NULL THEN g.starts_on ELSE n.starts_on END AS starts_on,
    CASE WHEN g.notice IS NULL THEN g.ends_on ELSE n.ends_on END AS ends_on,
    CASE WHEN g.notice IS NULL THEN g.eligible_cost ELSE n.eligible_cost END AS eligible_cost,
    CASE WHEN g.notice IS NULL THEN g.amount ELSE n.amount END AS amount,
    CASE WHEN g.notice IS NULL THEN g.rate ELSE n.rate END AS rate,
    CASE WHEN g.notice IS NULL THEN g.sources ELSE coalesce(n.sources, '[]') END AS sources,
    coalesce(n.budget_lines, '[]') AS budget_lines,
    coalesce(n.overrides, '[]') AS overrides,
    coalesce(staff.positions, '[]') AS positions
FROM "grant" AS g
LEFT JOIN LATERAL (
    SELECT *
    FROM notice
    WHERE
        notice.municipality_id = g.municipality_id AND notice."grant" = g.key
        AND notice.effective_from <= :on
    ORDER BY notice.number DESC
    LIMIT 1
) AS n ON g.notice IS NOT NULL
LEFT JOIN staff ON staff."grant" = g.key
WHERE g.municipality_id = :town
ORDER BY g.key
