-- All figures of these series; those of the past have no line.
INSERT INTO suspicious
SELECT s.series, f.line, f.period, e.period_end, f.value::float8
FROM found AS f
JOIN suspect AS s USING (indicator, area, breakdown, length)
JOIN a_period AS e ON e.period = f.period
WHERE f.value IS NOT NULL AND NOT f.gone
UNION ALL
SELECT s.series, NULL, NULL, p.period_end, p.value
FROM past AS p JOIN suspect AS s USING (indicator, area, breakdown, length)
