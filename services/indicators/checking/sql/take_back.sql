-- The raw figures that the message takes back by keys with gaps. Computed figures are not taken back:
-- they follow from others. $1 municipality, $2 delivery, $3 lines, $4 indicators, $5 areas,
-- $6 periods (null stands for every one), $7 parts of breakdowns, joined by "&"
INSERT INTO staged (municipality_id, delivery, indicator, area, period_end, period, breakdown,
                    period_start, line, status, gone)
SELECT $1::bigint, $2::text, o.indicator, o.area, o.period_end, o.period, o.breakdown,
       o.period_start, min(d.line), 'missing', true
FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])
    AS d (line, indicator, area, period, attributes)
JOIN observation AS o
  ON o.municipality_id = $1 AND o.release_to IS NULL AND o.delivery <> ''
 AND (d.indicator IS NULL OR o.indicator = d.indicator)
 AND (d.area IS NULL OR o.area = d.area)
 AND (d.period IS NULL OR o.period = d.period)
 AND NOT EXISTS (
     SELECT FROM regexp_split_to_table(d.attributes, '&') AS part
     WHERE strpos('&' || o.breakdown || '&', '&' || part || '&') = 0 AND part <> '')
GROUP BY o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start
ON CONFLICT DO NOTHING
