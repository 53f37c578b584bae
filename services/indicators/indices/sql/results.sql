-- The results of an index with a release, of areas that the actor may see.
-- $1 municipality, $2 index, $3 release, $4 visibilities, $5 period or null for all
SELECT r.area, r.level, r.period_end, r.period, r.period_start, r.value, r.class_code, r.dynamics,
       r.dynamics_class, r.group_code, r.excluded, r.reason, r.parts,
       a.visibility = ANY ($4) AS seen
FROM index_result AS r
JOIN area AS a ON a.municipality_id = $1 AND a.key = r.area
WHERE r.municipality_id = $1 AND r.index_key = $2
  AND r.release_from <= $3 AND (r.release_to IS NULL OR r.release_to > $3)
  AND ($5::text IS NULL OR r.period = $5)
ORDER BY r.period_end, r.period, r.level COLLATE "C", r.area COLLATE "C"
