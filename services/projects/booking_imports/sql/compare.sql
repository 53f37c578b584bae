-- What the file changes, and a name for exactly that: $1 municipality, $2 mapping. What became an
-- expenditure counts as the expenditure, whatever happens to the booking. What is alike and came by
-- another mapping is adopted by this one, which may release it from now on.
WITH compared AS (
    SELECT
        a.line, a.id, a.digest, b.digest AS known,
        b.digest = a.digest AND b.mapping IS DISTINCT FROM $2 AS adopted,
        CASE WHEN b.expenditure IS NULL THEN a.amount ELSE 0.00 END AS amount,
        CASE WHEN b.expenditure IS NULL AND b.gone IS NULL THEN coalesce(b.amount, 0) ELSE 0 END
            AS before
    FROM arriving_booking AS a
    LEFT JOIN booking AS b ON b.municipality_id = $1 AND b.id = a.id
), came AS (
    SELECT
        count(*) FILTER (WHERE known IS NULL) AS new,
        count(*) FILTER (WHERE known <> digest) AS changed,
        count(*) FILTER (WHERE known = digest) AS same,
        count(*) FILTER (WHERE adopted) AS adopted,
        coalesce(sum(amount - before) FILTER (WHERE known IS DISTINCT FROM digest), 0.00) AS amount,
        coalesce(
            string_agg(
                uuid_send(id) || uuid_send(digest) || coalesce(uuid_send(known), ''), ''::bytea
                ORDER BY line
            ) FILTER (WHERE adopted OR known IS DISTINCT FROM digest),
            ''::bytea
        ) AS named
    FROM compared
), leaving AS (
    SELECT
        l.id, l.digest, l.finding, b.digest AS known,
        CASE WHEN b.expenditure IS NULL THEN b.amount ELSE 0.00 END AS amount
    FROM leaving_booking AS l
    JOIN booking AS b ON b.municipality_id = $1 AND b.id = l.id
), went AS (
    SELECT
        count(*) FILTER (WHERE finding = 'released') AS released,
        count(*) FILTER (WHERE finding = 'vanished') AS vanished,
        coalesce(sum(amount) FILTER (WHERE finding = 'released'), 0.00) AS released_amount,
        coalesce(sum(amount) FILTER (WHERE finding = 'vanished'), 0.00) AS vanished_amount,
        coalesce(
            string_agg(
                uuid_send(id) || uuid_send(digest) || uuid_send(known), ''::bytea ORDER BY id
            ),
            ''::bytea
        ) AS named
    FROM leaving
)
SELECT
    came.new, came.changed, came.same, came.adopted, went.released, went.vanished,
    came.amount - went.released_amount AS amount, went.vanished_amount,
    encode(sha256(came.named || went.named), 'hex') AS digest
FROM came CROSS JOIN went
