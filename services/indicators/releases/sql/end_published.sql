-- $1 municipality, $2 release
UPDATE published AS o SET release_to = $2 FROM protected AS m
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL
