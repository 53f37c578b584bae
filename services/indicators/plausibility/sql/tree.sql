-- $1 municipality
WITH child AS (
    SELECT v.area AS key, v.parent, a.level, e.period
    FROM a_period AS e
    JOIN area_version AS v
      ON v.municipality_id = $1 AND v.valid_from <= e.period_end
     AND (v.valid_to IS NULL OR e.period_end < v.valid_to)
    JOIN area AS a ON a.municipality_id = $1 AND a.key = v.area
    WHERE v.parent IN (SELECT key FROM an_area)
), family AS (
    SELECT parent, level, period, count(*) AS siblings FROM child GROUP BY parent, level, period
)
INSERT INTO tree
SELECT a.area, c.period, p.area, c.level, f.siblings
FROM child AS c
JOIN family AS f USING (parent, level, period)
JOIN an_area AS a ON a.key = c.key
JOIN an_area AS p ON p.key = c.parent
