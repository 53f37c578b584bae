-- The figures to protect anew: those that moved, those computed from them, and all of indicators
-- that have been defined otherwise. $1 municipality, $2 indicators defined otherwise
INSERT INTO affected
SELECT indicator, area, period_end, period, breakdown, period_start, value, status FROM moving
UNION
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status
FROM moving AS m
JOIN indicator AS i ON i.municipality_id = $1 AND m.indicator IN (i.numerator, i.denominator)
JOIN observation AS o
  ON o.municipality_id = $1 AND o.indicator = i.key AND o.area = m.area
 AND o.period_end = m.period_end AND o.breakdown = m.breakdown AND o.release_to IS NULL
UNION
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status
FROM observation AS o
JOIN indicator AS i ON i.municipality_id = $1 AND i.key = o.indicator
WHERE o.municipality_id = $1 AND o.release_to IS NULL
  AND ARRAY[i.key, i.numerator, i.denominator]::text[] && $2::text[]
