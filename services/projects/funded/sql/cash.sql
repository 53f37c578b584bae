-- What was claimed, paid out and repaid by a day, and what is ordered and not invoiced.
SELECT 'claimed' AS kind, "grant", submitted_on AS day, requested AS amount, NULL::jsonb AS shares
FROM claim
WHERE
    municipality_id = :town AND submitted_on <= :on
    AND (state NOT IN ('withdrawn', 'refused') OR closed_on > :on)
UNION ALL
SELECT 'paid_out', c."grant", (p.value ->> 'paid_on')::date, (p.value ->> 'amount')::numeric, NULL
FROM claim AS c, jsonb_array_elements(c.payouts) AS p
WHERE c.municipality_id = :town AND (p.value ->> 'paid_on')::date <= :on
UNION ALL
SELECT 'repaid', r."grant", (p.value ->> 'repaid_on')::date, (p.value ->> 'amount')::numeric, NULL
FROM recovery AS r, jsonb_array_elements(r.repayments) AS p
WHERE r.municipality_id = :town AND (p.value ->> 'repaid_on')::date <= :on
UNION ALL
SELECT 'ordered', NULL, due_on, amount, shares
FROM ordered
