-- What stands like this already, and what would be taken back and does not stand. $1 municipality
DELETE FROM moving AS m
WHERE CASE WHEN m.gone THEN NOT EXISTS (
    SELECT FROM observation AS o
    WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
      AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
      AND o.release_to IS NULL)
ELSE EXISTS (
    SELECT FROM observation AS o
    WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
      AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
      AND o.release_to IS NULL
      AND (o.value, o.status, o.provisional, o.basis)
          IS NOT DISTINCT FROM (m.value, m.status, m.provisional, m.basis))
END
