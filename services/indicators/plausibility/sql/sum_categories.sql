-- Categories against their total, along each dimension, where as many are there as anywhere in the
-- file and at least two.
INSERT INTO summed
SELECT 'categories', s.dimension, s.indicator, s.area, s.period, s.whole, t.line, t.value, s.sum,
       s.parts, (s.parts + 1) * greatest(
           i.slack, CASE WHEN i.coarse OR d.digits > 0 THEN 0.5 * 0.1 ^ d.digits END), NULL, NULL
FROM (
    SELECT f.indicator, f.area, f.period, c.whole, c.dimension, count(*) AS parts,
           coalesce(sum(f.value), 0) AS sum, min(f.place - f.breakdown + c.whole) AS place,
           count(f.value) > 0 AND bool_and(f.value IS NOT NULL OR f.status = 'nothing') AS known,
           max(min_scale(f.value)) AS digits,
           max(count(*)) OVER (PARTITION BY f.indicator, c.whole, c.dimension) AS most
    FROM found AS f
    JOIN category AS c ON c.part = f.breakdown
    JOIN an_indicator AS i ON i.indicator = f.indicator AND i.additive
    WHERE NOT f.gone
    GROUP BY f.indicator, f.area, f.period, c.whole, c.dimension
) AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN found AS t ON t.place = s.place
CROSS JOIN LATERAL (SELECT greatest(s.digits, min_scale(t.value)) AS digits) AS d
WHERE s.parts = s.most AND s.parts > 1 AND s.known AND t.value IS NOT NULL AND NOT t.gone
