-- The shapes of areas as they are on a day, or else as they were next to it, with all others of
-- their levels: who stands beside them decides how they are simplified.
-- $1 municipality, $2 areas, $3 day
SELECT v.area, a.level, v.geometry::text AS geometry, v.geometry_is_schematic AS schematic
FROM area AS a CROSS JOIN LATERAL (
    SELECT area, geometry, geometry_is_schematic FROM area_version
    WHERE municipality_id = $1 AND area = a.key
    ORDER BY valid_from <= $3 AND coalesce(valid_to > $3, true) DESC,
             valid_from <= $3 DESC, abs(valid_from - $3)
    LIMIT 1) AS v
WHERE a.municipality_id = $1 AND v.geometry IS NOT NULL
  AND a.level IN (SELECT level FROM area WHERE municipality_id = $1 AND key = ANY ($2))
ORDER BY a.level, a.key
