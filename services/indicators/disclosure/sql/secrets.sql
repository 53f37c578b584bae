-- The indicators and years that hold anything hidden, now or in an earlier release.
-- $1 municipality, $2 indicators, $3 first day, $4 last day
SELECT DISTINCT indicator, extract(year FROM period_end)::int AS year FROM published
WHERE municipality_id = $1 AND indicator = ANY ($2) AND period_end BETWEEN $3 AND $4
  AND status = 'confidential'
