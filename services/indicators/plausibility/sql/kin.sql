-- Families of areas with a member that the file leaves out. $1 municipality
INSERT INTO kin
WITH stored AS MATERIALIZED (
    SELECT DISTINCT period, area FROM beside
), child AS MATERIALIZED (
    SELECT e.period, v.parent, a.level, v.area AS child,
           count(*) OVER (PARTITION BY e.period, v.parent, a.level) AS siblings
    FROM (SELECT DISTINCT period FROM stored) AS s
    JOIN a_period AS e USING (period)
    JOIN area_version AS v
      ON v.municipality_id = $1 AND v.valid_from <= e.period_end
     AND (v.valid_to IS NULL OR e.period_end < v.valid_to)
    JOIN area AS a ON a.municipality_id = $1 AND a.key = v.area
    WHERE v.parent IS NOT NULL
), concerned AS (
    SELECT c.period, c.parent, c.level FROM child AS c JOIN stored AS s
      ON s.period = c.period AND s.area = c.child
    UNION
    SELECT c.period, c.parent, c.level FROM child AS c JOIN stored AS s
      ON s.period = c.period AND s.area = c.parent
)
SELECT c.* FROM child AS c JOIN concerned USING (period, parent, level)
