-- Every shown version of rates, with their digits. $1 municipality, $2 indicators,
-- $3 first day, $4 last day
SELECT indicator, area, period_end, period, breakdown, release_from, release_to, value, status,
       rule
FROM published
WHERE municipality_id = $1 AND indicator = ANY ($2) AND period_end BETWEEN $3 AND $4
ORDER BY release_from
