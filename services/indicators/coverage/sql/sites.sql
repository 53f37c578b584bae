-- The facilities of a kind that may be seen. :municipality, :kind, :visible
SELECT key, state, starts_on, ends_on, capacity, location -> 'coordinates' AS position
FROM facility
WHERE municipality_id = :municipality AND kind = :kind
  AND visibility = ANY (cast(:visible AS text[]))
