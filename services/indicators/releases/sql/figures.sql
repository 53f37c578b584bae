-- Each affected figure with the figures above and below its line: those that it was computed from
-- (`basis`), else those of the same area, day and breakdown; of several periods that end on that day
-- the one with the same name comes first. And of amounts what the largest contributors hold.
-- LIMIT keeps each a look-up in the index. $1 municipality
WITH asked AS (
    SELECT a.*, i.protection ->> 'largest' AS largest_key,
           i.protection ->> 'second_largest' AS second_key,
           coalesce(a.basis -> 'numerator' ->> 'indicator', i.numerator) AS above,
           coalesce(a.basis -> 'denominator' ->> 'indicator', i.denominator) AS below,
           coalesce(a.basis -> 'numerator' ->> 'breakdown', a.breakdown) AS breakdown_above,
           coalesce(a.basis -> 'denominator' ->> 'breakdown', a.breakdown) AS breakdown_below,
           a.basis -> 'numerator' ->> 'period' AS period_above,
           a.basis -> 'denominator' ->> 'period' AS period_below
    FROM affected AS a JOIN indicator AS i ON i.municipality_id = $1 AND i.key = a.indicator
)
SELECT a.indicator, a.area, a.period_end, a.period, a.breakdown, a.period_start, a.value, a.status,
       a.provisional, a.basis::text AS basis,
       coalesce(n.value, m.value) AS numerator, coalesce(n.status, m.status) AS numerator_status,
       coalesce(d.value, e.value) AS denominator,
       coalesce(d.status, e.status) AS denominator_status,
       l.value AS largest, s.value AS second_largest
FROM asked AS a
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE a.above IS NOT NULL AND p.municipality_id = $1 AND p.indicator = a.above
      AND p.area = a.area AND p.period_end = a.period_end AND p.breakdown = a.breakdown_above
      AND p.release_to IS NULL AND coalesce(p.period = a.period_above, true)
    ORDER BY p.period = a.period DESC, p.period LIMIT 1) AS n ON true
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE n.status IS NULL AND a.period_above IS NOT NULL AND p.municipality_id = $1
      AND p.indicator = a.above AND p.area = a.area AND p.period = a.period_above
      AND p.breakdown = a.breakdown_above AND p.release_to IS NULL
    LIMIT 1) AS m ON true
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE a.below IS NOT NULL AND p.municipality_id = $1 AND p.indicator = a.below
      AND p.area = a.area AND p.period_end = a.period_end AND p.breakdown = a.breakdown_below
      AND p.release_to IS NULL AND coalesce(p.period = a.period_below, true)
    ORDER BY p.period = a.period DESC, p.period LIMIT 1) AS d ON true
LEFT JOIN LATERAL (
    SELECT p.value, p.status FROM observation AS p
    WHERE d.status IS NULL AND a.period_below IS NOT NULL AND p.municipality_id = $1
      AND p.indicator = a.below AND p.area = a.area AND p.period = a.period_below
      AND p.breakdown = a.breakdown_below AND p.release_to IS NULL
    LIMIT 1) AS e ON true
LEFT JOIN LATERAL (
    SELECT p.value FROM observation AS p
    WHERE a.largest_key IS NOT NULL AND p.municipality_id = $1 AND p.indicator = a.largest_key
      AND p.area = a.area AND p.period_end = a.period_end AND p.period = a.period
      AND p.breakdown = a.breakdown AND p.release_to IS NULL
    LIMIT 1) AS l ON true
LEFT JOIN LATERAL (
    SELECT p.value FROM observation AS p
    WHERE a.second_key IS NOT NULL AND p.municipality_id = $1 AND p.indicator = a.second_key
      AND p.area = a.area AND p.period_end = a.period_end AND p.period = a.period
      AND p.breakdown = a.breakdown AND p.release_to IS NULL
    LIMIT 1) AS s ON true
