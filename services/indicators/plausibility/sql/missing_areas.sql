-- Areas of a level that had a figure in the last period and have none in the newest of the file.
-- The last period is the one before, in the file or as it is shown. $1 municipality, $2 how many
WITH newest AS (
    SELECT s.indicator, e.length, max(e.period) AS period
    FROM scope AS s JOIN a_period AS e USING (period) WHERE s.figures > 0
    GROUP BY s.indicator, e.length
), before AS (
    SELECT n.indicator, n.period, n.length, i.key, e.period_end, e.text, last.period_end AS last_end
    FROM newest AS n
    JOIN an_indicator AS i ON i.indicator = n.indicator
    JOIN a_period AS e ON e.period = n.period
    CROSS JOIN LATERAL (
        SELECT max(day) AS period_end FROM (
            SELECT max(o.period_end) FROM scope AS s JOIN a_period AS o ON o.period = s.period
            WHERE s.indicator = n.indicator AND o.length = n.length AND s.period < n.period
            UNION ALL
            SELECT max(p.period_end) FROM published AS p
            WHERE p.municipality_id = $1 AND p.indicator = i.key AND p.release_to IS NULL
              AND p.period_end < e.period_end
              AND width_bucket(p.period_end - p.period_start, ARRAY[1, 10, 40, 100, 130, 200])
                  = n.length
        ) AS o (day)
    ) AS last
    WHERE last.period_end IS NOT NULL
), had AS (
    SELECT b.indicator, a.key FROM before AS b
    JOIN a_period AS o ON o.period_end = b.last_end AND o.length = b.length
    JOIN found AS f ON f.indicator = b.indicator AND f.period = o.period AND NOT f.gone
    JOIN an_area AS a ON a.area = f.area
    UNION
    SELECT b.indicator, p.area FROM before AS b
    JOIN published AS p
      ON p.municipality_id = $1 AND p.indicator = b.key AND p.period_end = b.last_end
     AND p.release_to IS NULL
     AND width_bucket(p.period_end - p.period_start, ARRAY[1, 10, 40, 100, 130, 200]) = b.length
), has AS (
    SELECT DISTINCT b.indicator, a.key FROM before AS b
    JOIN found AS f ON f.indicator = b.indicator AND f.period = b.period
    JOIN an_area AS a ON a.area = f.area
), levels AS (
    SELECT DISTINCT h.indicator, l.level FROM has AS h
    JOIN area AS l ON l.municipality_id = $1 AND l.key = h.key
)
SELECT b.key AS indicator, h.key AS area, b.text AS period, l.level, count(*) OVER () AS all_of_them
FROM had AS h
JOIN before AS b USING (indicator)
JOIN area AS l ON l.municipality_id = $1 AND l.key = h.key
JOIN levels AS v ON v.indicator = h.indicator AND v.level = l.level
WHERE NOT EXISTS (SELECT FROM has WHERE has.indicator = h.indicator AND has.key = h.key)
  AND EXISTS (
      SELECT FROM area_version AS w
      WHERE w.municipality_id = $1 AND w.area = h.key AND w.valid_from <= b.period_end
        AND (w.valid_to IS NULL OR b.period_end < w.valid_to))
  AND NOT EXISTS (
      SELECT FROM published AS p
      WHERE p.municipality_id = $1 AND p.indicator = b.key AND p.area = h.key
        AND p.period_end = b.period_end AND p.period = b.text AND p.release_to IS NULL)
ORDER BY b.key, h.key
LIMIT $2
