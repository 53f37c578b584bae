-- A booking that is as the mapping gives it is its own from now on, and leaves its grant by no
-- other: $1 municipality, $2 mapping.
UPDATE booking AS b
SET mapping = $2
FROM arriving_booking AS a
WHERE
    b.municipality_id = $1 AND b.id = a.id AND b.digest = a.digest
    AND b.mapping IS DISTINCT FROM $2
