-- All that is stored of the money of a grant, in one answer, whoever may see which part of it.
SELECT
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'number', n.number, 'effective_from', n.effective_from, 'amount', n.amount::text
        ))
        FROM notice AS n
        WHERE n.municipality_id = :town AND n."grant" = :grant
    ), '[]') AS notices,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'key', c.key, 'state', c.state, 'submitted_on', c.submitted_on, 'payouts', c.payouts
        ) ORDER BY c.key)
        FROM claim AS c
        WHERE c.municipality_id = :town AND c."grant" = :grant
    ), '[]') AS claims,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'key', r.key, 'amount', r.amount::text, 'decided_on', r.decided_on,
            'due_on', r.due_on, 'waived_on', r.waived_on, 'repayments', r.repayments
        ) ORDER BY r.key)
        FROM recovery AS r
        WHERE r.municipality_id = :town AND r."grant" = :grant AND r.decided_on <= :on
    ), '[]') AS demands,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'key', e.key, 'category', e.category, 'invoiced_on', e.invoice_date,
            'paid_on', e.payment_date, 'parts', e.parts, 'shares', e.shares,
            'evidence', e.evidence <> '[]'
        ) ORDER BY e.key)
        FROM expenditure AS e
        WHERE
            e.municipality_id = :town
            AND e.parts @> jsonb_build_array(jsonb_build_object('grant', cast(:grant AS text)))
    ), '[]') AS receipts,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'category', b.category, 'paid_on', b.paid_on, 'amount', b.amount::text
        ) ORDER BY b.paid_on, b.category)
        FROM booked AS b
    ), '[]') AS bookings,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'due_on', o.due_on, 'amount', o.amount::text, 'shares', o.shares
        ) ORDER BY o.key)
        FROM ordered AS o
    ), '[]') AS orders,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'kind', i.kind, 'received_on', i.received_on, 'amount', i.amount::text
        ) ORDER BY i.key)
        FROM income AS i
        WHERE i.municipality_id = :town AND i."grant" = :grant AND i.received_on <= :on
    ), '[]') AS incomes,
    coalesce((
        SELECT jsonb_agg(jsonb_build_object(
            'name', CASE WHEN w.natural_person THEN w.id::text ELSE w.key END,
            'amount', CASE WHEN w.state = 'applied' THEN w.applied_amount ELSE w.bound END::text,
            'cost', w.eligible_cost::text, 'applied_on', w.applied_on, 'starts_on', w.starts_on,
            'rule_scope', w.rule_scope
        ) ORDER BY w.key)
        FROM onward_grant AS w
        WHERE
            w.municipality_id = :town AND w."grant" = :grant AND w.applied_on <= :on
            AND w.rule_scope IS NOT NULL AND w.state NOT IN ('refused', 'withdrawn')
    ), '[]') AS passed_on,
    coalesce((SELECT positions FROM staff), '[]') AS staff,
    coalesce((
        SELECT jsonb_agg(t.key)
        FROM target_indicator AS t
        INNER JOIN result AS u ON u.municipality_id = t.municipality_id AND u.key = t.result
        WHERE
            t.municipality_id = :town AND t.measure = 'number' AND u."grant" = :grant
            AND u.level = 'output'
    ), '[]') AS outputs,
    (
        SELECT max(d.done_on)
        FROM obligation AS d
        WHERE
            d.municipality_id = :town AND d."grant" = :grant AND d.kind = 'proof_of_use'
            AND d.done_on <= :on
    ) AS proved_on,
    EXISTS (
        SELECT FROM obligation AS d
        WHERE
            d.municipality_id = :town AND d."grant" = :grant AND d.kind = 'proof_of_use'
            AND d.state = 'waived'
    ) AS proof_waived
