-- The shapes of versions of areas, as they were entered.
-- :municipality number, :versions identifiers
SELECT CAST(id AS text) AS version, CAST(geometry AS text) AS shape FROM area_version
WHERE municipality_id = :municipality AND id = ANY (CAST(:versions AS uuid[]))
  AND geometry IS NOT NULL
