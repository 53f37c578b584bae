-- Series with an extreme that lies far from the mean of the others, not much less than the limit of
-- their indicator, and that vary by as much as a change must be: only these are looked at closely. A
-- series of fewer than five figures has no spread; there the largest is many times the smallest.
INSERT INTO suspect
SELECT row_number() OVER (), s.indicator, s.area, s.breakdown, s.length
FROM (
    SELECT indicator, area, breakdown, length, count(*) AS n, avg(value) AS mean,
           var_pop(value) AS variance, min(value) AS least, max(value) AS most
    FROM (
        SELECT indicator, area, breakdown, length, value::float8 AS value
        FROM found WHERE value IS NOT NULL AND NOT gone
        UNION ALL
        SELECT indicator, area, breakdown, length, value FROM past
    ) AS figure
    GROUP BY indicator, area, breakdown, length HAVING count(*) >= 2
) AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
CROSS JOIN LATERAL (SELECT greatest(s.mean - s.least, s.most - s.mean) AS distance) AS d
CROSS JOIN LATERAL (SELECT greatest(0, s.least, -s.most) AS smallest) AS a
WHERE s.least < s.most AND s.most - s.least >= i.least_change * a.smallest
  AND CASE WHEN s.n >= 5 THEN d.distance * s.n / (s.n - 1) > 0.75 * i.z_score
      * sqrt(greatest(0, (s.n * s.variance - d.distance ^ 2 * s.n / (s.n - 1)) / (s.n - 1)))
      ELSE s.least >= 0 AND s.most >= i.ratio * s.least AND (s.least > 0 OR i.cases IS NOT NULL)
      END
