-- What our own file hides stays as it is stored. $1 municipality, $2 delivery. `found` is sorted, and hash joins keep the order, which the index
-- of `staged` is filled in; to sort once more would cost more than a page now and then.
INSERT INTO staged (municipality_id, delivery, indicator, area, period_end, period, breakdown,
                    period_start, line, value, status, gone, provisional)
SELECT $1::bigint, $2::text, i.key, a.key, e.period_end, e.text, b.text, e.period_start, f.line,
       f.value, f.status, f.gone, f.provisional
FROM found AS f
JOIN an_indicator AS i ON i.indicator = f.indicator
JOIN an_area AS a ON a.area = f.area
JOIN a_period AS e ON e.period = f.period
JOIN a_breakdown AS b ON b.breakdown = f.breakdown
WHERE f.status <> 'confidential'
