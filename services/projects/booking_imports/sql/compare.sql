-- What the file changes, and a name for exactly that: $1 municipality.
WITH compared AS (
    SELECT a.line, a.id, a.digest, a.amount, b.digest AS known, b.amount AS before
    FROM arriving_booking AS a
    LEFT JOIN booking AS b ON b.municipality_id = $1 AND b.id = a.id
)
SELECT
    count(*) FILTER (WHERE known IS NULL) AS new,
    count(*) FILTER (WHERE known <> digest) AS changed,
    count(*) FILTER (WHERE known = digest) AS same,
    coalesce(sum(amount - coalesce(before, 0)) FILTER (WHERE known IS DISTINCT FROM digest), 0)
        AS amount,
    encode(sha256(coalesce(
        string_agg(uuid_send(id) || uuid_send(digest) || coalesce(uuid_send(known), ''), ''::bytea
                   ORDER BY line) FILTER (WHERE known IS DISTINCT FROM digest),
        ''::bytea)), 'hex') AS digest
FROM compared
