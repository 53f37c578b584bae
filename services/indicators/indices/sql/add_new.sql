-- $1 municipality, $2 index, $3 release
INSERT INTO index_result (municipality_id, index_key, period_end, period, area, release_from,
                          period_start, level, value, class_code, dynamics, dynamics_class,
                          group_code, excluded, reason, parts)
SELECT $1, $2::text, period_end, period, area, $3, period_start, level, value, class_code, dynamics,
       dynamics_class, group_code, excluded, reason, parts
FROM index_made AS m
WHERE NOT EXISTS (
    SELECT FROM index_result AS r
    WHERE r.municipality_id = $1 AND r.index_key = $2::text AND r.release_to IS NULL
      AND r.area = m.area AND r.period_end = m.period_end AND r.period = m.period)
