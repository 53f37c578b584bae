-- The raw figures that the message leaves out although it replaces all of their indicator and period.
-- $1 municipality, $2 delivery, $3 indicators, $4 periods
INSERT INTO staged (municipality_id, delivery, indicator, area, period_end, period, breakdown,
                    period_start, line, status, gone)
SELECT $1::bigint, $2::text, o.indicator, o.area, o.period_end, o.period, o.breakdown,
       o.period_start, 1, 'missing', true
FROM (SELECT DISTINCT * FROM unnest($3::text[], $4::text[])) AS r (indicator, period)
JOIN observation AS o
  ON o.municipality_id = $1 AND o.release_to IS NULL AND o.delivery <> ''
 AND o.indicator = r.indicator AND o.period = r.period
ON CONFLICT DO NOTHING
