-- The figures that others take the place of stand until this release; one that settles a second time
-- in the same release never stood. $1 municipality, $2 release
WITH never AS (
    DELETE FROM observation AS o USING moving AS m
    WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
      AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
      AND o.release_to IS NULL AND o.release_from = $2
)
UPDATE observation AS o SET release_to = $2 FROM moving AS m
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL AND o.release_from < $2
