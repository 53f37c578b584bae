-- The indicators and years of figures, of all releases, in these areas within these days, or are broken
-- down by one of these dimensions. $1 municipality, $2 areas, $3 first day, $4 last day, $5 patterns
SELECT DISTINCT indicator, extract(year FROM period_end)::int AS year
FROM published
WHERE municipality_id = $1
  AND (area = ANY ($2) AND period_end BETWEEN $3 AND $4 OR breakdown ~ ANY ($5))
