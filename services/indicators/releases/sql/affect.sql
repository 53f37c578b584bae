-- The figures to protect anew: those that settled, those computed from them, and all of indicators
-- that have been defined otherwise. $1 municipality, $2 indicators defined otherwise
INSERT INTO affected
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status,
       o.provisional, o.basis
FROM settled AS s
JOIN observation AS o
  ON o.municipality_id = $1 AND o.indicator = s.indicator AND o.area = s.area
 AND o.period_end = s.period_end AND o.period = s.period AND o.breakdown = s.breakdown
 AND o.release_to IS NULL
UNION
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status,
       o.provisional, o.basis
FROM settled AS s
JOIN indicator AS i ON i.municipality_id = $1 AND s.indicator IN (i.numerator, i.denominator)
JOIN observation AS o
  ON o.municipality_id = $1 AND o.indicator = i.key AND o.area = s.area
 AND o.period_end = s.period_end AND o.breakdown = s.breakdown AND o.release_to IS NULL
UNION
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status,
       o.provisional, o.basis
FROM observation AS o
JOIN indicator AS i ON i.municipality_id = $1 AND i.key = o.indicator
WHERE o.municipality_id = $1 AND o.release_to IS NULL
  AND ARRAY[i.key, i.numerator, i.denominator]::text[] && $2::text[]
