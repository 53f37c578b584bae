-- The areas of some levels on a day, each with the one above, and who may see either.
-- :municipality, :levels, :on
SELECT a.level, v.area, a.visibility, v.parent, above.visibility AS above
FROM area_version AS v
JOIN area AS a ON a.municipality_id = v.municipality_id AND a.key = v.area
LEFT JOIN area AS above ON above.municipality_id = v.municipality_id AND above.key = v.parent
WHERE v.municipality_id = :municipality AND a.level = ANY (cast(:levels AS text[]))
  AND v.valid_from <= :on AND coalesce(v.valid_to > :on, true)
ORDER BY a.level, v.area COLLATE "C"
