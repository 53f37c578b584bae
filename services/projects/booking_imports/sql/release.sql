-- Bookings of a grant to which no rule gives them any more: $1 municipality, $2 mapping. What
-- another mapping brought is left to that one; where a number has several rows, one that is of a grant keeps it.
-- Looked up one by one and in a hashed set: what just came has no statistics, and a plan that takes
-- it for a few rows compares all with all.
INSERT INTO leaving_booking (id, line, finding, digest)
SELECT DISTINCT ON (a.id) a.id, a.line, 'released', a.digest
FROM arriving_booking AS a
CROSS JOIN LATERAL (
    SELECT FROM booking AS b
    WHERE
        b.municipality_id = $1 AND b.id = a.id AND b."grant" IS NOT NULL AND b.mapping = $2
    LIMIT 1
) AS b
WHERE
    a."grant" IS NULL
    AND a.id NOT IN (SELECT m.id FROM arriving_booking AS m WHERE m."grant" IS NOT NULL)
ORDER BY a.id, a.line
