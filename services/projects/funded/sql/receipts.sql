-- What is paid of grants by a day, as receipts tell it, by step of time and category. What is
-- checked stands beside what is not.
SELECT "grant", category, paid_on, sum(amount) AS amount, sum(accepted) AS accepted
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
