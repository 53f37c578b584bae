-- Rows of computed indicators with another value than everybody sees. Not than the raw one: whoever
-- may deliver could learn it by trying. A value that is the other one rounded is the same.
-- $1 municipality, $2 measures, $3 keys of their indicators, $4 how many
SELECT a.line, p.indicator, p.area, p.period, p.breakdown, a.value, p.value AS shown,
       count(*) OVER () AS all_of_them
FROM unnest($2::integer[], $3::text[]) AS m (measure, key)
JOIN arriving AS a USING (measure)
JOIN a_period AS e ON e.number = a.period
JOIN a_breakdown AS b ON b.number = a.breakdown
JOIN meant_area AS w
  ON w.place = a.place AND e.period_end >= w.since AND e.period_end < w.until
JOIN an_area AS r ON r.area = w.area
JOIN published AS p
  ON p.municipality_id = $1 AND p.indicator = m.key AND p.area = r.key
 AND p.period_end = e.period_end AND p.period = e.text AND p.breakdown = b.text
 AND p.release_to IS NULL
WHERE abs(a.value - p.value) > 0.5 * 10::numeric ^ -least(scale(a.value), scale(p.value))
ORDER BY a.line LIMIT $4
