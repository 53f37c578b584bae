-- $1, $2, $3: how many areas, periods and breakdowns there are
INSERT INTO found
SELECT ((i.indicator::bigint * $1::bigint + m.area) * $2::bigint + e.period) * $3::bigint
           + b.breakdown AS place,
       i.indicator, m.area, e.period, b.breakdown, a.line, a.value, a.status, a.gone, a.provisional
FROM arriving AS a
JOIN meant_indicator AS i ON i.measure = a.measure
JOIN a_period AS e ON e.number = a.period
JOIN meant_area AS m
  ON m.place = a.place AND e.period_end >= m.since AND e.period_end < m.until
JOIN a_breakdown AS b ON b.number = a.breakdown
ORDER BY place, a.line
