-- Series with an extreme that lies more than two standard deviations from the mean of the others:
-- only these are looked at closely. A series needs five figures to say anything.
INSERT INTO suspect
SELECT row_number() OVER (), indicator, area, breakdown, length
FROM (
    SELECT indicator, area, breakdown, length, count(*) AS n, avg(value) AS mean,
           var_pop(value) AS variance, min(value) AS least, max(value) AS most
    FROM (
        SELECT f.indicator, f.area, f.breakdown, e.length, f.value::float8 AS value
        FROM found AS f JOIN a_period AS e ON e.period = f.period
        WHERE f.value IS NOT NULL AND NOT f.gone
        UNION ALL
        SELECT indicator, area, breakdown, length, value FROM past
    ) AS figure
    GROUP BY indicator, area, breakdown, length HAVING count(*) >= 5
) AS series
WHERE least < most AND greatest(mean - least, most - mean) * n / (n - 1)
    > 2 * sqrt(greatest(0, (n * variance - greatest(mean - least, most - mean) ^ 2 * n / (n - 1))
                           / (n - 1)))
