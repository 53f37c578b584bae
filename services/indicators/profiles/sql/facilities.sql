-- The kinds of facilities, each with its facilities, that may be seen, and the area that is asked
-- for as it stands on the day. :municipality, :area key or UUID, :visible, :day
WITH own AS (
    SELECT a.key, a.level, v.geometry_is_schematic AS schematic,
           v.geometry IS NOT NULL AS shaped
    FROM area AS a
    JOIN area_version AS v
      ON v.municipality_id = a.municipality_id AND v.area = a.key
     AND v.valid_from <= :day AND coalesce(v.valid_to > :day, true)
    WHERE a.municipality_id = :municipality AND (a.key = :area OR CAST(a.id AS text) = :area)
      AND a.visibility = ANY (CAST(:visible AS text[]))
)
SELECT own.key AS area, own.level, own.schematic, own.shaped, k.key AS kind, k.name,
       f.key AS facility, f.state, f.starts_on, f.ends_on, f.capacity
FROM own CROSS JOIN facility_kind AS k
LEFT JOIN facility AS f ON f.municipality_id = k.municipality_id AND f.kind = k.key
                       AND f.visibility = ANY (CAST(:visible AS text[]))
WHERE k.municipality_id = :municipality AND k.visibility = ANY (CAST(:visible AS text[]))
ORDER BY k.key COLLATE "C", f.key COLLATE "C"
