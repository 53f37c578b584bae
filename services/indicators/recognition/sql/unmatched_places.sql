-- Rows whose place means no area in their period. $1 the places that are not known for all time
SELECT a.place AS number, count(*) AS rows, min(a.line) AS line
FROM arriving AS a JOIN a_period AS e ON e.number = a.period
LEFT JOIN meant_area AS m
  ON m.place = a.place AND e.period_end >= m.since AND e.period_end < m.until
WHERE a.place = ANY($1::integer[]) AND m.place IS NULL
GROUP BY a.place ORDER BY rows DESC, a.place
