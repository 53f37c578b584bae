-- Areas of a level that had a figure in the last period and have none in the newest of the file.
-- The last period is the one before, in the file or as it is shown. $1 municipality, $2 how many
WITH newest AS MATERIALIZED (
    SELECT s.indicator, e.length, max(e.period) AS period
    FROM scope AS s JOIN a_period AS e USING (period) WHERE s.figures > 0
    GROUP BY s.indicator, e.length
), past AS MATERIALIZED (
    SELECT n.indicator, n.length, p.area, p.period_end
    FROM newest AS n
    JOIN an_indicator AS i ON i.indicator = n.indicator
    JOIN a_period AS e ON e.period = n.period
    JOIN published AS p
      ON p.municipality_id = $1 AND p.indicator = i.key AND p.release_to IS NULL
     AND p.period_end < e.period_end
     AND width_bucket(p.period_end - p.period_start, ARRAY[1, 10, 40, 100, 130, 200]) = n.length
), last AS MATERIALIZED (
    SELECT indicator, length, max(period_end) AS period_end FROM (
        SELECT n.indicator, n.length, o.period_end
        FROM newest AS n
        JOIN scope AS s ON s.indicator = n.indicator AND s.period < n.period
        JOIN a_period AS o ON o.period = s.period AND o.length = n.length
        UNION ALL
        SELECT indicator, length, period_end FROM past
    ) AS before GROUP BY indicator, length
), looked_at AS MATERIALIZED (
    SELECT indicator, length, period, true AS is_new FROM newest
    UNION ALL
    SELECT l.indicator, l.length, o.period, false
    FROM last AS l JOIN a_period AS o ON o.period_end = l.period_end AND o.length = l.length
), seen AS MATERIALIZED (
    SELECT w.indicator, w.length, w.is_new, a.key
    FROM (
        SELECT DISTINCT w.indicator, w.length, w.is_new, f.area
        FROM found AS f JOIN looked_at AS w ON w.indicator = f.indicator AND w.period = f.period
        WHERE w.is_new OR NOT f.gone
    ) AS w JOIN an_area AS a USING (area)
), gap AS MATERIALIZED (
    SELECT indicator, length, key FROM seen WHERE NOT is_new
    UNION
    SELECT indicator, length, area FROM past JOIN last USING (indicator, length, period_end)
    EXCEPT
    SELECT indicator, length, key FROM seen WHERE is_new
), levels AS MATERIALIZED (
    SELECT DISTINCT s.indicator, s.length, l.level
    FROM seen AS s JOIN area AS l ON l.municipality_id = $1 AND l.key = s.key
    WHERE s.is_new AND EXISTS (SELECT FROM gap)
)
SELECT i.key AS indicator, g.key AS area, e.text AS period, l.level, count(*) OVER () AS all_of_them
FROM gap AS g
JOIN newest AS n USING (indicator, length)
JOIN an_indicator AS i ON i.indicator = g.indicator
JOIN a_period AS e ON e.period = n.period
JOIN area AS l ON l.municipality_id = $1 AND l.key = g.key
JOIN levels AS v ON v.indicator = g.indicator AND v.length = g.length AND v.level = l.level
WHERE EXISTS (
      SELECT FROM area_version AS w
      WHERE w.municipality_id = $1 AND w.area = g.key AND w.valid_from <= e.period_end
        AND (w.valid_to IS NULL OR e.period_end < w.valid_to))
  AND NOT EXISTS (
      SELECT FROM published AS p
      WHERE p.municipality_id = $1 AND p.indicator = i.key AND p.area = g.key
        AND p.period_end = e.period_end AND p.period = e.text AND p.release_to IS NULL)
ORDER BY i.key, g.key
LIMIT $2
