-- The same for the figures of the index. $1 municipality, $2 indicators of the index
UPDATE published AS p SET value = NULL, status = 'confidential', rule = 'input'
FROM index_made AS m
WHERE p.municipality_id = $1 AND p.indicator = ANY ($2) AND m.excluded = 'hidden'
  AND p.area = m.area AND p.period_end = m.period_end AND p.period = m.period
  AND p.release_to IS NOT NULL AND p.value IS NOT NULL
