-- What the file holds of these areas and their families.
INSERT INTO beside
WITH wanted AS MATERIALIZED (
    SELECT period, area FROM beside
    UNION
    SELECT period, child FROM kin
    UNION
    SELECT period, parent FROM kin
), meant AS MATERIALIZED (
    SELECT w.period, a.area, a.key FROM wanted AS w JOIN an_area AS a ON a.key = w.area
)
SELECT f.indicator, f.period, m.key, b.text, f.value, f.status, f.line
FROM found AS f
JOIN meant AS m ON m.period = f.period AND m.area = f.area
JOIN an_indicator AS i ON i.indicator = f.indicator AND i.additive
JOIN a_breakdown AS b ON b.breakdown = f.breakdown
WHERE NOT f.gone
