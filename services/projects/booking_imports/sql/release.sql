-- Bookings of a grant to which no rule gives them any more: $1 municipality, $2 mapping. Another
-- mapping speaks for its own; where a number has several rows, one that is of a grant keeps it.
INSERT INTO leaving_booking (id, line, finding, digest)
SELECT DISTINCT ON (b.id) b.id, a.line, 'released', a.digest
FROM arriving_booking AS a
JOIN booking AS b ON b.municipality_id = $1 AND b.id = a.id
WHERE
    a."grant" IS NULL AND b."grant" IS NOT NULL AND b.mapping = $2
    AND NOT EXISTS (SELECT FROM arriving_booking AS m WHERE m.id = a.id AND m."grant" IS NOT NULL)
ORDER BY b.id, a.line
