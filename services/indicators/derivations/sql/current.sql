-- The raw figures that stand, area by area. $1 municipality, $2 indicators, $3 areas or null for all
SELECT indicator, area, period_end, period, breakdown, period_start, value, status, provisional
FROM observation
WHERE municipality_id = $1 AND indicator = ANY ($2) AND release_to IS NULL
  AND ($3::text[] IS NULL OR area = ANY ($3))
ORDER BY area
