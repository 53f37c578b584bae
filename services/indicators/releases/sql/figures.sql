-- Each affected figure with its numerator and denominator of the same area, day and breakdown;
-- of several periods that end on that day the one with the same name comes first.
-- $1 municipality
SELECT a.indicator, a.area, a.period_end, a.period, a.breakdown, a.period_start, a.value, a.status,
       a.provisional, a.basis::text AS basis,
       n.value AS numerator, n.status AS numerator_status,
       d.value AS denominator, d.status AS denominator_status
FROM affected AS a
JOIN indicator AS i ON i.municipality_id = $1 AND i.key = a.indicator
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE i.numerator IS NOT NULL AND p.municipality_id = $1 AND p.indicator = i.numerator AND p.area = a.area
      AND p.period_end = a.period_end AND p.breakdown = a.breakdown AND p.release_to IS NULL
    ORDER BY p.period = a.period DESC, p.period LIMIT 1) AS n ON true
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE i.denominator IS NOT NULL AND p.municipality_id = $1 AND p.indicator = i.denominator AND p.area = a.area
      AND p.period_end = a.period_end AND p.breakdown = a.breakdown AND p.release_to IS NULL
    ORDER BY p.period = a.period DESC, p.period LIMIT 1) AS d ON true
