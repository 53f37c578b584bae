-- What is hidden, among what is protected anew. $1 municipality
INSERT INTO protected
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, NULL,
       'confidential', h.rule, o.provisional, o.basis
FROM hidden AS h
JOIN observation AS o
  ON o.municipality_id = $1 AND o.indicator = h.indicator AND o.area = h.area
 AND o.period_end = h.period_end AND o.period = h.period AND o.breakdown = h.breakdown
 AND o.release_to IS NULL AND o.value IS NOT NULL
ON CONFLICT (indicator, area, period_end, period, breakdown)
DO UPDATE SET value = NULL, status = 'confidential', rule = excluded.rule
