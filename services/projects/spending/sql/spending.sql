-- What was spent by grant, year and category: $1 municipality, $2 grants or null for all.
-- A booking of which an expenditure was made counts as the expenditure.
WITH told AS (
    SELECT
        "grant", fiscal_year AS year, category, amount AS booked, 0::numeric AS receipts,
        0::numeric AS unpaid, 0::numeric AS claimed, 0::numeric AS accepted,
        0::numeric AS reduced, 0::numeric AS parked
    FROM booking
    WHERE
        municipality_id = $1 AND expenditure IS NULL AND gone IS NULL
        AND ($2::text[] IS NULL OR "grant" = ANY($2))
    UNION ALL
    SELECT
        part.value ->> 'grant',
        extract(year FROM coalesce(e.payment_date, e.invoice_date))::integer,
        e.category,
        0,
        (part.value ->> 'amount')::numeric,
        CASE WHEN e.payment_date IS NULL THEN (part.value ->> 'amount')::numeric ELSE 0 END,
        CASE WHEN part.value ->> 'claim' IS NULL THEN 0 ELSE (part.value ->> 'amount')::numeric END,
        coalesce((part.value #>> '{verification,accepted}')::numeric, 0),
        coalesce((part.value #>> '{verification,reduced}')::numeric, 0),
        coalesce((part.value #>> '{verification,parked}')::numeric, 0)
    FROM expenditure AS e, jsonb_array_elements(e.parts) AS part
    WHERE
        e.municipality_id = $1
        AND ($2::text[] IS NULL OR part.value ->> 'grant' = ANY($2))
)
SELECT
    "grant", year, category, 'EUR' AS currency, sum(booked) AS booked, sum(receipts) AS receipts,
    sum(booked) + sum(receipts) AS spent, sum(unpaid) AS unpaid, sum(claimed) AS claimed,
    sum(accepted) AS accepted, sum(reduced) AS reduced, sum(parked) AS parked, count(*) AS count
FROM told
GROUP BY "grant", year, category
ORDER BY "grant", year NULLS LAST, category
