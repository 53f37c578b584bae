-- Where a component is hidden now, no earlier state of the index may tell of it any more.
-- $1 municipality, $2 index
UPDATE index_result AS r
SET value = NULL, class_code = NULL, dynamics = NULL, dynamics_class = NULL, group_code = NULL,
    parts = NULL, excluded = 'hidden', reason = NULL
FROM index_made AS m
WHERE r.municipality_id = $1 AND r.index_key = $2::text AND m.excluded = 'hidden'
  AND r.area = m.area AND r.period_end = m.period_end AND r.period = m.period
  AND r.release_to IS NOT NULL AND r.excluded IS DISTINCT FROM 'hidden'
