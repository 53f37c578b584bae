-- The areas of a level on a day, with a point inside their shape.
-- :municipality, :level, :on, :visible
SELECT v.area, v.name, v.geometry_is_schematic AS schematic, p.longitude, p.latitude
FROM area_version AS v
JOIN area AS a ON a.municipality_id = v.municipality_id AND a.key = v.area
LEFT JOIN placed_shape AS p ON p.municipality_id = v.municipality_id AND p.version = v.id
WHERE v.municipality_id = :municipality AND a.level = :level
  AND a.visibility = ANY (cast(:visible AS text[]))
  AND v.valid_from <= :on AND coalesce(v.valid_to > :on, true)
ORDER BY v.area COLLATE "C"
