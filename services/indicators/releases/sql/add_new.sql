-- $1 municipality, $2 release
INSERT INTO observation (municipality_id, indicator, area, period_end, period, breakdown,
                         release_from, period_start, value, status, delivery)
SELECT $1, indicator, area, period_end, period, breakdown, $2, period_start, value, status, delivery
FROM moving
