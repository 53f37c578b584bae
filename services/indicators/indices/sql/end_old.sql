-- $1 municipality, $2 index, $3 release
UPDATE index_result AS r SET release_to = $3
WHERE r.municipality_id = $1 AND r.index_key = $2::text AND r.release_to IS NULL
  AND NOT EXISTS (
    SELECT FROM index_made AS m
    WHERE m.area = r.area AND m.period_end = r.period_end AND m.period = r.period
      AND (m.level, m.value, m.class_code, m.dynamics, m.dynamics_class, m.group_code,
           m.excluded, m.reason, m.parts)
          IS NOT DISTINCT FROM
          (r.level, r.value, r.class_code, r.dynamics, r.dynamics_class, r.group_code,
           r.excluded, r.reason, r.parts))
