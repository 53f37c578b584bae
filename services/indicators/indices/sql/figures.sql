-- The results as figures of the indicators of state ($2) and dynamics ($3, or null), so that every
-- representation has them; figures that are no longer among them are taken back. $4 basis
-- $1 municipality
INSERT INTO moving (indicator, area, period_end, period, breakdown, period_start, value, status,
                    delivery, gone, provisional, basis)
SELECT half.indicator, m.area, m.period_end, m.period, '', m.period_start, half.value,
       CASE WHEN half.value IS NOT NULL THEN 'normal' WHEN m.excluded = 'hidden' THEN 'confidential'
            WHEN m.excluded IS NULL OR m.excluded = 'missing' THEN 'missing'
            ELSE 'not_meaningful' END,
       '', false, false, $4::jsonb
FROM index_made AS m
CROSS JOIN LATERAL (VALUES ($2::text, m.value), ($3::text, m.dynamics)) AS half (indicator, value)
WHERE half.indicator IS NOT NULL
UNION ALL
SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value, o.status,
       '', true, false, NULL
FROM observation AS o
WHERE o.municipality_id = $1 AND o.indicator IN ($2::text, $3::text) AND o.release_to IS NULL
  AND NOT EXISTS (SELECT FROM index_made AS m
                  WHERE m.area = o.area AND m.period_end = o.period_end AND m.period = o.period)
