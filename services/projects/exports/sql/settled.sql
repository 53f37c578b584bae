-- What came of these grants and stayed, and the day on which the last of it came.
SELECT
    c."grant", max(p.value ->> 'paid_on') AS last,
    sum((p.value ->> 'amount')::numeric) - coalesce((
        SELECT sum(r.repaid) FROM recovery AS r
        WHERE r.municipality_id = :town AND r."grant" = c."grant"
    ), 0) AS amount
FROM claim AS c
CROSS JOIN jsonb_array_elements(c.payouts) AS p
WHERE c.municipality_id = :town AND c."grant" = any(:grants)
GROUP BY c."grant"
