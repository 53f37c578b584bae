-- Per indicator and subject: how many sums there are, how many are broken, and the worst. Where most
-- are broken the parts are no partition of their total, and that is said once.
-- $1 how many to list
WITH judged AS (
    SELECT *, abs(total - sum) > coalesce(tolerance, 0) AS broken FROM summed
), ranked AS (
    SELECT *, count(*) OVER w AS sums, count(*) FILTER (WHERE broken) OVER w AS wrong,
           row_number() OVER (
               PARTITION BY kind, subject, indicator
               ORDER BY broken DESC, abs(total - sum) DESC, line) AS rank
    FROM judged WINDOW w AS (PARTITION BY kind, subject, indicator)
)
SELECT r.kind, r.subject, r.sums, r.wrong, r.rank, r.line, i.key AS indicator,
       coalesce(r.area_key, a.key) AS area, e.text AS period,
       coalesce(r.breakdown_key, b.text) AS breakdown, r.total, r.sum, r.parts,
       coalesce(r.tolerance, 0) AS tolerance
FROM ranked AS r
JOIN an_indicator AS i ON i.indicator = r.indicator
LEFT JOIN an_area AS a ON a.area = r.area
JOIN a_period AS e ON e.period = r.period
LEFT JOIN a_breakdown AS b ON b.breakdown = r.breakdown
WHERE r.broken AND r.rank <= $1
ORDER BY r.kind, r.indicator, r.subject, r.rank
