-- Counts below zero, the first lines. $1 how many
SELECT f.line, i.key AS indicator, a.key AS area, e.text AS period, b.text AS breakdown, f.value,
       count(*) OVER () AS all_of_them
FROM found AS f
JOIN an_indicator AS i ON i.indicator = f.indicator AND i.never_negative
JOIN an_area AS a ON a.area = f.area
JOIN a_period AS e ON e.period = f.period
JOIN a_breakdown AS b ON b.breakdown = f.breakdown
WHERE f.value < 0 AND NOT f.gone
ORDER BY i.key, f.line LIMIT $1
