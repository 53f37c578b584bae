-- What the finance system booked by a day on a grant, or on all, and nobody made a receipt of: by
-- step of time and category. A booking of which a receipt was made counts as the receipt, one that
-- is of no grant any more nowhere.
SELECT
    "grant", category, date_trunc(:step, coalesce(paid_on, booked_on)::timestamp)::date AS paid_on,
    sum(amount) AS amount, NULL::numeric AS accepted
FROM booking
WHERE
    municipality_id = :town AND expenditure IS NULL AND gone IS NULL
    AND coalesce(paid_on, booked_on) <= :on
    AND (cast(:grant AS text) IS NULL OR "grant" = :grant)
GROUP BY 1, 2, 3
