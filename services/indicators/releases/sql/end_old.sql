-- The figures that others take the place of stand until this release. $1 municipality, $2 release
UPDATE observation AS o SET release_to = $2 FROM moving AS m
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL
