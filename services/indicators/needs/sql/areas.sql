-- The areas of some levels on a day, each with the one above. :municipality, :levels, :on
SELECT a.level, v.area, v.parent
FROM area_version AS v
JOIN area AS a ON a.municipality_id = v.municipality_id AND a.key = v.area
WHERE v.municipality_id = :municipality AND a.level = ANY (cast(:levels AS text[]))
  AND v.valid_from <= :on AND coalesce(v.valid_to > :on, true)
ORDER BY a.level, v.area COLLATE "C"
