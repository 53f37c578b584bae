-- The protected figures of a release without breakdown, for a report.
-- $1 municipality, $2 indicators, $3 areas, $4 release, $5 last day
SELECT indicator, area, period, period_end, value, status, rule, provisional
FROM published
WHERE municipality_id = $1 AND indicator = ANY ($2::text[]) AND area = ANY ($3::text[])
  AND breakdown = '' AND period_end <= $5
  AND release_from <= $4 AND coalesce(release_to > $4, true)
ORDER BY indicator COLLATE "C", period_end, period COLLATE "C", area COLLATE "C"
