-- Values for areas that were not valid on the last day of the period. Only areas with an end, or with
-- a beginning after the first period, can be concerned. $1 municipality, $2 how many
WITH bounded AS (
    SELECT DISTINCT a.area, a.key
    FROM an_area AS a
    JOIN area_version AS v ON v.municipality_id = $1 AND v.area = a.key
    WHERE v.valid_to IS NOT NULL OR v.valid_from > (SELECT min(period_end) FROM a_period)
), outside AS (
    SELECT b.area, b.key, e.period, e.text FROM bounded AS b CROSS JOIN a_period AS e
    WHERE NOT EXISTS (
        SELECT FROM area_version AS v
        WHERE v.municipality_id = $1 AND v.area = b.key AND v.valid_from <= e.period_end
          AND (v.valid_to IS NULL OR e.period_end < v.valid_to))
)
SELECT o.key AS area, o.text AS period, i.key AS indicator, b.text AS breakdown, f.line,
       count(*) OVER () AS all_of_them
FROM outside AS o
JOIN found AS f ON f.area = o.area AND f.period = o.period
JOIN an_indicator AS i ON i.indicator = f.indicator
JOIN a_breakdown AS b ON b.breakdown = f.breakdown
WHERE f.value IS NOT NULL AND NOT f.gone
ORDER BY f.line LIMIT $2
