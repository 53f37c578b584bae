-- Figures that are computed from hidden ones are hidden, too. $1 municipality
WITH computed AS (
    SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, i.kind, o.basis,
           i.numerator, i.denominator
    FROM (SELECT DISTINCT area FROM hidden) AS a
    JOIN indicator AS i ON i.municipality_id = $1
    JOIN observation AS o
      ON o.municipality_id = $1 AND o.indicator = i.key AND o.area = a.area
     AND o.release_to IS NULL AND o.value IS NOT NULL
    WHERE i.numerator IN (SELECT indicator FROM hidden)
       OR i.denominator IN (SELECT indicator FROM hidden) OR o.basis IS NOT NULL
), part AS (
    SELECT c.indicator, c.area, c.period_end, c.period, c.breakdown,
           c.kind || ':' || named.role AS rule, b.part ->> 'indicator' AS part,
           b.part ->> 'period' AS part_period,
           coalesce(b.part ->> 'breakdown', c.breakdown) AS part_breakdown
    FROM computed AS c
    CROSS JOIN (VALUES ('numerator'), ('denominator')) AS named (role)
    CROSS JOIN LATERAL (SELECT c.basis -> named.role AS part) AS b
    WHERE b.part IS NOT NULL
    UNION ALL
    SELECT c.indicator, c.area, c.period_end, c.period, c.breakdown,
           'input:' || (b.part ->> 'indicator'), b.part ->> 'indicator', b.part ->> 'period',
           coalesce(b.part ->> 'breakdown', c.breakdown)
    FROM computed AS c CROSS JOIN LATERAL jsonb_array_elements(c.basis -> 'inputs') AS b (part)
    UNION ALL
    SELECT c.indicator, c.area, c.period_end, c.period, c.breakdown,
           c.kind || ':' || named.role, named.part, coalesce((
               SELECT p.period FROM observation AS p
               WHERE p.municipality_id = $1 AND p.indicator = named.part AND p.area = c.area
                 AND p.period_end = c.period_end AND p.breakdown = c.breakdown
                 AND p.release_to IS NULL
               ORDER BY p.period = c.period DESC, p.period LIMIT 1), ''), c.breakdown
    FROM computed AS c
    CROSS JOIN LATERAL (VALUES ('numerator', c.numerator), ('denominator', c.denominator))
          AS named (role, part)
    WHERE c.basis IS NULL AND named.part IN (SELECT indicator FROM hidden)
)
INSERT INTO hidden
SELECT DISTINCT ON (p.indicator, p.area, p.period, p.breakdown)
       p.indicator, p.area, p.period_end, p.period, p.breakdown, p.rule
FROM part AS p
JOIN hidden AS h
  ON h.indicator = p.part AND h.area = p.area AND h.period = p.part_period
 AND h.breakdown = p.part_breakdown
ORDER BY p.indicator, p.area, p.period, p.breakdown, p.rule DESC
ON CONFLICT DO NOTHING
