-- $1 municipality
DELETE FROM moving AS m USING observation AS o
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL AND (o.value, o.status) IS NOT DISTINCT FROM (m.value, m.status)
