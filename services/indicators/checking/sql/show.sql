-- What everybody sees now of the indicators and periods of the file.
-- $1 municipality, $2, $3, $4: how many areas, periods and breakdowns there are
INSERT INTO shown
SELECT ((i.indicator::bigint * $2::bigint + a.area) * $3::bigint + e.period) * $4::bigint
           + b.breakdown,
       p.indicator, p.area, p.period_end, p.period, p.breakdown, p.value, p.status
FROM scope AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN a_period AS e ON e.period = s.period
JOIN published AS p
  ON p.municipality_id = $1 AND p.indicator = i.key AND p.period_end = e.period_end
 AND p.period = e.text AND p.release_to IS NULL
LEFT JOIN an_area AS a ON a.key = p.area
LEFT JOIN a_breakdown AS b ON b.text = p.breakdown
