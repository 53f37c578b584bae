-- $1 municipality, $2 release
INSERT INTO published (municipality_id, indicator, area, period_end, period, breakdown,
                       release_from, period_start, value, status, rule, provisional, basis)
SELECT $1, indicator, area, period_end, period, breakdown, $2, period_start, value, status, rule,
       provisional, basis
FROM protected
