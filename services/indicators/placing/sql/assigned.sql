-- The area of each facility on each level, on one day: by the shape it lies in, else by the area
-- that the area of its shape is part of, else by the area that was stated for it. Of two shapes
-- on one level (on a border) the one with the smaller key.
-- :municipality, :on, :visible, :facilities (null for all)
WITH RECURSIVE valid AS MATERIALIZED (
    SELECT v.id, v.area, v.parent, a.level, v.geometry_is_schematic AS schematic
    FROM area_version AS v
    JOIN area AS a ON a.municipality_id = v.municipality_id AND a.key = v.area
    WHERE v.municipality_id = :municipality AND a.visibility = ANY (cast(:visible AS text[]))
      AND v.valid_from <= :on AND coalesce(v.valid_to > :on, true)
), asked AS MATERIALIZED (
    SELECT key, area FROM facility
    WHERE municipality_id = :municipality
      AND (cast(:facilities AS text[]) IS NULL OR key = ANY (cast(:facilities AS text[])))
), found AS (
    SELECT p.facility, v.area, v.parent, v.level, v.schematic, 1 AS way
    FROM facility_place AS p JOIN valid AS v ON v.id = p.version
    WHERE p.municipality_id = :municipality AND p.facility IN (SELECT key FROM asked)
    UNION
    SELECT f.key, v.area, v.parent, v.level, v.schematic, 3
    FROM asked AS f JOIN valid AS v ON v.area = f.area
    UNION
    SELECT f.facility, v.area, v.parent, v.level, f.schematic, greatest(f.way, 2)
    FROM found AS f JOIN valid AS v ON v.area = f.parent
)
SELECT DISTINCT ON (facility COLLATE "C", level COLLATE "C") facility, level, area,
       CASE WHEN way = 3 THEN 'statement' WHEN schematic THEN 'schematic_shape' ELSE 'shape' END AS by
FROM found
ORDER BY facility COLLATE "C", level COLLATE "C", way, area COLLATE "C"
