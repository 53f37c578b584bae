-- What is paid of grants by a day, by step of time and category, each euro once: a booking of which
-- an expenditure was made counts as the expenditure. What is checked stands beside what is not.
SELECT
    "grant", category, date_trunc(:step, coalesce(paid_on, booked_on)::timestamp)::date AS paid_on,
    sum(amount) AS amount, NULL::numeric AS accepted
FROM booking
WHERE municipality_id = :town AND expenditure IS NULL AND coalesce(paid_on, booked_on) <= :on
GROUP BY 1, 2, 3
UNION ALL
SELECT "grant", category, paid_on, sum(amount), sum(accepted)
FROM (
    SELECT
        part.value ->> 'grant' AS "grant", e.category, (part.value ->> 'amount')::numeric AS amount,
        CASE
            WHEN (part.value #>> '{verification,verified_on}')::date <= :on
                THEN (part.value #>> '{verification,accepted}')::numeric
        END AS accepted,
        date_trunc(:step, e.payment_date::timestamp)::date AS paid_on
    FROM expenditure AS e, jsonb_array_elements(e.parts) AS part
    WHERE e.municipality_id = :town AND e.payment_date <= :on
) AS receipt
GROUP BY "grant", category, paid_on, accepted IS NOT NULL
