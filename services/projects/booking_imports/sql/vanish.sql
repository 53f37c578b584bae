-- Bookings of days of which the file has all, and which it does not have: $1 municipality,
-- $2 mapping, $3 and $4 first and last day.
INSERT INTO leaving_booking (id, line, finding, digest)
SELECT b.id, NULL, 'vanished', md5('vanished ' || b.id)::uuid
FROM booking AS b
WHERE
    b.municipality_id = $1 AND b.mapping = $2 AND b."grant" IS NOT NULL
    AND b.booked_on BETWEEN $3 AND $4
    AND b.id NOT IN (SELECT a.id FROM arriving_booking AS a)
