-- What person `p` agrees today that everybody sees, and the next day on which that changes.
SELECT coalesce(array_agg(one ->> 'field') FILTER (
           WHERE one ->> 'given_on' <= today AND coalesce(one ->> 'withdrawn_on' > today, true)),
           '{}') || CASE WHEN p.public_by_law IS NULL THEN '{}' ELSE '{name}'::text[] END AS agreed,
       least(min(one ->> 'given_on') FILTER (WHERE one ->> 'given_on' > today),
             min(one ->> 'withdrawn_on') FILTER (WHERE one ->> 'withdrawn_on' > today))::date AS due
FROM (SELECT ((now() AT TIME ZONE 'Europe/Berlin')::date)::text AS today) AS day
LEFT JOIN jsonb_array_elements(p.consents) one ON one ->> 'audience' = 'public'
