-- Shapes and facilities that have changed since they were placed. :municipality
SELECT
    (SELECT array_agg(v.id) FROM area_version AS v
     LEFT JOIN placed_shape AS p ON p.municipality_id = v.municipality_id AND p.version = v.id
     WHERE v.municipality_id = :municipality
       AND p.as_of IS DISTINCT FROM CASE WHEN v.geometry IS NOT NULL THEN v.revision END) AS shapes,
    (SELECT array_agg(f.key) FROM facility AS f
     LEFT JOIN placed_facility AS p ON p.municipality_id = f.municipality_id AND p.facility = f.key
     WHERE f.municipality_id = :municipality
       AND p.as_of IS DISTINCT FROM f.revision) AS facilities
