-- The mapping that gives a booking to its grant speaks for it: $1 municipality, $2 mapping.
UPDATE booking AS b
SET mapping = $2
FROM arriving_booking AS a
WHERE
    b.municipality_id = $1 AND b.id = a.id AND b.digest = a.digest
    AND b.mapping IS DISTINCT FROM $2
