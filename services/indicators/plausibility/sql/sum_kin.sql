-- Areas against the area they are part of, where the total or some of the parts are not in the file.
-- As in sum_areas.sql.
INSERT INTO summed
SELECT 'areas_stored', s.level, s.indicator, NULL, s.period, NULL, coalesce(t.line, s.line), t.value,
       s.sum, s.parts,
       (s.parts + 1) * greatest(
           i.slack, CASE WHEN i.coarse OR d.digits > 0 THEN 0.5 * 0.1 ^ d.digits END),
       s.parent, s.breakdown
FROM (
    SELECT m.indicator, m.period, k.parent, k.level, m.breakdown, count(*) AS parts,
           coalesce(sum(m.value), 0) AS sum, min(m.line) AS line, count(m.line) AS delivered,
           max(min_scale(m.value)) AS digits
    FROM beside AS m JOIN kin AS k ON k.period = m.period AND k.child = m.area
    GROUP BY m.indicator, m.period, k.parent, k.level, k.siblings, m.breakdown
    HAVING count(*) = k.siblings AND count(m.value) > 0
       AND bool_and(m.value IS NOT NULL OR m.status = 'nothing')
) AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN beside AS t
  ON t.indicator = s.indicator AND t.period = s.period AND t.area = s.parent AND t.breakdown = s.breakdown
CROSS JOIN LATERAL (SELECT greatest(s.digits, min_scale(t.value)) AS digits) AS d
WHERE t.value IS NOT NULL
  AND CASE WHEN t.line IS NULL THEN s.delivered > 0 ELSE s.delivered < s.parts END
