-- What is shown otherwise from this release on, and what no longer stands.
-- $1 municipality, $2 release
UPDATE published AS o SET release_to = $2
FROM (SELECT indicator, area, period_end, period, breakdown FROM protected
      UNION
      SELECT s.indicator, s.area, s.period_end, s.period, s.breakdown FROM settled AS s
      WHERE NOT EXISTS (
          SELECT FROM observation AS r
          WHERE r.municipality_id = $1 AND r.indicator = s.indicator AND r.area = s.area
            AND r.period_end = s.period_end AND r.period = s.period AND r.breakdown = s.breakdown
            AND r.release_to IS NULL)) AS m
WHERE o.municipality_id = $1 AND o.indicator = m.indicator AND o.area = m.area
  AND o.period_end = m.period_end AND o.period = m.period AND o.breakdown = m.breakdown
  AND o.release_to IS NULL
