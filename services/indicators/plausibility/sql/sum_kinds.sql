-- Categories against their total, where the total or some of the parts are not in the file. As in
-- sum_categories.sql.
INSERT INTO summed
SELECT 'categories_stored', s.dimension, s.indicator, NULL, s.period, NULL, coalesce(t.line, s.line),
       t.value, s.sum, s.parts,
       (s.parts + 1) * greatest(
           i.slack, CASE WHEN i.coarse OR d.digits > 0 THEN 0.5 * 0.1 ^ d.digits END),
       s.area, s.whole
FROM (
    SELECT m.indicator, m.period, m.area, c.whole, c.dimension, count(*) AS parts,
           coalesce(sum(m.value), 0) AS sum, min(m.line) AS line, count(m.line) AS delivered,
           count(m.value) > 0 AND bool_and(m.value IS NOT NULL OR m.status = 'nothing') AS known,
           max(min_scale(m.value)) AS digits,
           max(count(*)) OVER (PARTITION BY m.indicator, c.whole, c.dimension) AS most
    FROM beside AS m JOIN kind_of AS c ON c.part = m.breakdown
    GROUP BY m.indicator, m.period, m.area, c.whole, c.dimension
) AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN beside AS t
  ON t.indicator = s.indicator AND t.period = s.period AND t.area = s.area AND t.breakdown = s.whole
CROSS JOIN LATERAL (SELECT greatest(s.digits, min_scale(t.value)) AS digits) AS d
WHERE s.parts = s.most AND s.parts > 1 AND s.known AND t.value IS NOT NULL
  AND CASE WHEN t.line IS NULL THEN s.delivered > 0 ELSE s.delivered < s.parts END
