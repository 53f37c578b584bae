-- $1 municipality, $2 delivery
INSERT INTO staged (municipality_id, delivery, indicator, area, period_end, period, breakdown,
                    period_start, line, value, status)
SELECT $1, $2, indicator, area, period_end, period, breakdown, period_start, line, value, status
FROM arriving
