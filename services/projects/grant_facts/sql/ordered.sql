-- What is ordered by a day of a grant, or of all, and not invoiced; below zero more was invoiced.
SELECT
    o.key, o.due_on,
    o.amount - coalesce((
        SELECT sum(e.gross)
        FROM expenditure AS e
        WHERE e.municipality_id = o.municipality_id AND e.commitment = o.key
    ), 0) AS amount,
    o.shares
FROM commitment AS o
WHERE
    o.municipality_id = :town AND o.state = 'open' AND coalesce(o.ordered_on, :on) <= :on
    AND (
        cast(:grant AS text) IS NULL
        OR o.shares @> jsonb_build_array(jsonb_build_object('grant', cast(:grant AS text)))
    )
