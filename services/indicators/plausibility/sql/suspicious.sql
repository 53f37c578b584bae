-- All figures of these series; those of the past have no line.
INSERT INTO suspicious
SELECT s.series, f.line, f.period, e.period_end, f.value::float8
FROM found AS f
JOIN a_period AS e ON e.period = f.period
JOIN suspect AS s
  ON s.indicator = f.indicator AND s.area = f.area AND s.breakdown = f.breakdown
 AND s.length = e.length
WHERE f.value IS NOT NULL AND NOT f.gone
UNION ALL
SELECT s.series, NULL, NULL, p.period_end, p.value
FROM past AS p JOIN suspect AS s USING (indicator, area, breakdown, length)
