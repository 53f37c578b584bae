-- The shapes to look at: those that changed, and those around a facility that changed.
-- :municipality, :shapes, :facilities
SELECT v.id, v.revision, v.geometry, v.id = ANY (cast(:shapes AS uuid[])) AS changed
FROM area_version AS v
WHERE v.municipality_id = :municipality AND v.geometry IS NOT NULL
  AND (v.id = ANY (cast(:shapes AS uuid[])) OR EXISTS (
    SELECT FROM placed_shape AS p
    JOIN facility AS f ON f.municipality_id = p.municipality_id
     AND f.key = ANY (cast(:facilities AS text[]))
     AND (f.location -> 'coordinates' ->> 0)::float8 BETWEEN p.west AND p.east
     AND (f.location -> 'coordinates' ->> 1)::float8 BETWEEN p.south AND p.north
    WHERE p.municipality_id = :municipality AND p.version = v.id))
