-- Computed from shown figures only, the figures of an index are shown as they are.
-- $1 municipality, $2 indicators, $3 release
INSERT INTO published (municipality_id, indicator, area, period_end, period, breakdown,
                       release_from, period_start, value, status, rule, provisional, basis)
SELECT $1, o.indicator, o.area, o.period_end, o.period, o.breakdown, $3, o.period_start, o.value,
       o.status, CASE o.status WHEN 'confidential' THEN 'input' ELSE '' END, o.provisional, o.basis
FROM observation AS o
WHERE o.municipality_id = $1 AND o.indicator = ANY ($2) AND o.release_to IS NULL
  AND NOT EXISTS (
    SELECT FROM published AS p
    WHERE p.municipality_id = $1 AND p.indicator = o.indicator AND p.area = o.area
      AND p.period_end = o.period_end AND p.period = o.period AND p.breakdown = o.breakdown
      AND p.release_to IS NULL)
