-- What changed and leaving bookings were until now goes to the history: $1 municipality, $2 actor.
WITH now AS (
    SELECT id, digest FROM arriving_booking
    UNION ALL
    SELECT id, digest FROM leaving_booking
)
INSERT INTO history (municipality_id, resource, id, revision, changed_at, actor, "row")
SELECT b.municipality_id, 'booking', b.id, b.version, now(), $2, to_jsonb(b) - 'municipality_id'
FROM now AS n
JOIN booking AS b ON b.municipality_id = $1 AND b.id = n.id AND b.digest <> n.digest
