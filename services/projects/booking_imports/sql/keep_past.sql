-- What changed bookings were until now goes to the history: $1 municipality, $2 actor.
INSERT INTO history (municipality_id, resource, id, revision, changed_at, actor, "row")
SELECT b.municipality_id, 'booking', b.id, b.version, now(), $2, to_jsonb(b) - 'municipality_id'
FROM arriving_booking AS a
JOIN booking AS b ON b.municipality_id = $1 AND b.id = a.id AND b.digest <> a.digest
