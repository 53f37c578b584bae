-- Amounts with what the largest contributors hold of them. $1 municipality, $2 indicator,
-- $3 indicator of the largest, $4 of the second largest or null, $5 first day, $6 last day
SELECT o.area, o.period_end, o.period, o.breakdown, o.value, l.value AS largest, s.value AS second
FROM observation AS o
LEFT JOIN observation AS l
  ON l.municipality_id = $1 AND l.indicator = $3 AND l.area = o.area
 AND l.period_end = o.period_end AND l.period = o.period AND l.breakdown = o.breakdown
 AND l.release_to IS NULL
LEFT JOIN observation AS s
  ON s.municipality_id = $1 AND s.indicator = $4 AND s.area = o.area
 AND s.period_end = o.period_end AND s.period = o.period AND s.breakdown = o.breakdown
 AND s.release_to IS NULL
WHERE o.municipality_id = $1 AND o.indicator = $2 AND o.period_end BETWEEN $5 AND $6
  AND o.release_to IS NULL AND o.value IS NOT NULL
