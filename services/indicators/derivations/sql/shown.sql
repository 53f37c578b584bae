-- What may be shown of current figures. $1 municipality, $2 indicators, $3 areas, $4 most figures
SELECT indicator, area, period_end, period, breakdown, period_start, value, status, provisional
FROM published
WHERE municipality_id = $1 AND indicator = ANY ($2) AND area = ANY ($3) AND release_to IS NULL
ORDER BY area, period_end DESC, period, breakdown
LIMIT $4
