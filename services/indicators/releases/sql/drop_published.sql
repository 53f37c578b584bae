-- What is shown like this already. $1 municipality
DELETE FROM protected AS m USING published AS o
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL
  AND (o.value, o.status, o.rule, o.provisional, o.basis)
      IS NOT DISTINCT FROM (m.value, m.status, m.rule, m.provisional, m.basis)
