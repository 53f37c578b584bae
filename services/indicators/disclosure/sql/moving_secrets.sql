-- The indicators and years in which a figure is about to be hidden.
-- $1 municipality, $2 indicators, $3 first day, $4 last day
SELECT DISTINCT indicator, extract(year FROM period_end)::int AS year FROM protected
WHERE $1::bigint IS NOT NULL AND status = 'confidential' AND indicator = ANY ($2)
  AND period_end BETWEEN $3 AND $4
