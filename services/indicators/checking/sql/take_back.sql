-- The raw figures that the message takes back by keys, with gaps or without. Computed figures are not
-- taken back: they follow from others. $1 municipality, $2 delivery, $3 lines, $4 indicators,
-- $5 areas, $6 periods (null stands for every one), $7 parts of breakdowns, joined by "&"
WITH key AS MATERIALIZED (
    SELECT line, indicator, area, period,
           array_remove(string_to_array(attributes, '&'), '') AS parts
    FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])
        AS d (line, indicator, area, period, attributes)
), meant AS (
    SELECT k.line, k.parts, o.*
    FROM key AS k JOIN observation AS o USING (indicator, area, period)
    WHERE o.municipality_id = $1 AND o.release_to IS NULL AND o.delivery <> ''
    UNION ALL
    SELECT k.line, k.parts, o.*
    FROM key AS k
    JOIN observation AS o
      ON (k.indicator IS NULL OR o.indicator = k.indicator)
     AND (k.area IS NULL OR o.area = k.area)
     AND (k.period IS NULL OR o.period = k.period)
    WHERE (k.indicator IS NULL OR k.area IS NULL OR k.period IS NULL)
      AND o.municipality_id = $1 AND o.release_to IS NULL AND o.delivery <> ''
)
INSERT INTO staged (municipality_id, delivery, indicator, area, period_end, period, breakdown,
                    period_start, line, status, gone)
SELECT $1::bigint, $2::text, indicator, area, period_end, period, breakdown, period_start,
       min(line), 'missing', true
FROM meant
WHERE parts <@ string_to_array(breakdown, '&')
GROUP BY indicator, area, period_end, period, breakdown, period_start
ON CONFLICT DO NOTHING
