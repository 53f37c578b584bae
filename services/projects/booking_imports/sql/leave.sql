-- Bookings that are of no grant any more: $1 municipality.
UPDATE booking AS b
SET "grant" = NULL, gone = l.finding, digest = l.digest, version = b.version + 1,
    imported_at = now()
FROM leaving_booking AS l
WHERE b.municipality_id = $1 AND b.id = l.id
