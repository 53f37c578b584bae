-- $1 municipality, $2 release
WITH noted AS (
    INSERT INTO settled SELECT indicator, area, period_end, period, breakdown FROM moving
    ON CONFLICT DO NOTHING
)
INSERT INTO observation (municipality_id, indicator, area, period_end, period, breakdown,
                         release_from, period_start, value, status, provisional, basis, delivery)
SELECT $1, indicator, area, period_end, period, breakdown, $2, period_start, value, status,
       provisional, basis, delivery
FROM moving WHERE NOT gone
