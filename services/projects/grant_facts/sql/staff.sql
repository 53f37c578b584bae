-- Which positions a grant pays for, or every grant, and when they were filled and at what pay.
SELECT
    part.value ->> 'grant' AS "grant",
    jsonb_agg(jsonb_build_object(
        'key', p.key, 'grade', p.pay_grade, 'fte', (p.fte * p.count)::text,
        'rule_scope', p.rule_scope, 'starts_on', p.starts_on, 'ends_on', p.ends_on,
        'share', part.value ->> 'share',
        'funded_from', part.value ->> 'starts_on',
        'funded_until', coalesce((part.value ->> 'ends_on')::date, p.ends_on),
        'staffings', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'starts_on', s.starts_on, 'ends_on', s.ends_on, 'fte', s.fte::text,
                'step', s.pay_step, 'monthly', s.monthly_pay::text,
                'liable', s.pension_liable_pay::text, 'annual_cost', s.annual_cost::text,
                'hours', s.hours
            ) ORDER BY s.key)
            FROM staffing AS s
            WHERE s.municipality_id = p.municipality_id AND s.position = p.key
        ), '[]')
    ) ORDER BY p.key, part.ordinality) AS positions
FROM position AS p, jsonb_array_elements(p.funding) WITH ORDINALITY AS part
WHERE
    p.municipality_id = :town
    AND (cast(:grant AS text) IS NULL OR part.value ->> 'grant' = :grant)
GROUP BY part.value ->> 'grant'
