-- Areas against the area they are part of, where all of a level are there with a figure. Figures with
-- decimals, or in thousands, may be off by half of their last digit each. "Nothing" counts as 0 here,
-- unless all of them are nothing: then they are gone. $1 how far two areas lie apart in a place
INSERT INTO summed
SELECT 'areas', s.level, s.indicator, s.parent, s.period, s.breakdown, t.line, t.value, s.sum,
       s.parts, (s.parts + 1) * greatest(
           i.slack, CASE WHEN i.coarse OR d.digits > 0 THEN 0.5 * 0.1 ^ d.digits END), NULL, NULL
FROM (
    SELECT f.indicator, r.parent, r.level, f.period, f.breakdown, count(*) AS parts,
           coalesce(sum(f.value), 0) AS sum, min(f.place - f.area * $1::bigint) AS base,
           max(min_scale(f.value)) AS digits
    FROM found AS f
    JOIN tree AS r ON r.area = f.area AND r.period = f.period
    JOIN an_indicator AS i ON i.indicator = f.indicator AND i.additive
    WHERE NOT f.gone
    GROUP BY f.indicator, r.parent, r.level, r.siblings, f.period, f.breakdown
    HAVING count(*) = r.siblings AND count(f.value) > 0
       AND bool_and(f.value IS NOT NULL OR f.status = 'nothing')
) AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN found AS t ON t.place = s.base + s.parent * $1::bigint
CROSS JOIN LATERAL (SELECT greatest(s.digits, min_scale(t.value)) AS digits) AS d
WHERE t.value IS NOT NULL AND NOT t.gone
