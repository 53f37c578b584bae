-- $1 municipality
INSERT INTO past
SELECT i.indicator, a.area, b.breakdown,
       width_bucket(p.period_end - p.period_start, ARRAY[1, 10, 40, 100, 130, 200]),
       p.period_end, p.value::float8
FROM an_indicator AS i
JOIN published AS p
  ON p.municipality_id = $1 AND p.indicator = i.key AND p.release_to IS NULL
JOIN an_area AS a ON a.key = p.area
JOIN a_breakdown AS b ON b.text = p.breakdown
LEFT JOIN a_period AS e ON e.text = p.period
LEFT JOIN scope AS s ON s.indicator = i.indicator AND s.period = e.period
WHERE p.value IS NOT NULL AND s.indicator IS NULL
