-- Figures outside of all others of their series that changed too much against the period before, and
-- whose z-score or modified z-score is beyond the limit; of fewer than five figures, those that are
-- many times the one before or as small a part of it. Counts move by their random error (the root
-- of the cases) without anything having happened. A figure that is shown like this already
-- is not complained of again. $1 municipality, $2 how many
WITH middle AS MATERIALIZED (
    SELECT series, count(*) AS n, avg(value) AS mean, var_pop(value) AS variance,
           min(value) AS least, max(value) AS most,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median
    FROM suspicious GROUP BY series
), spread AS MATERIALIZED (
    SELECT series, percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(value - median)) AS mad,
           avg(abs(value - median)) AS mean_distance
    FROM suspicious JOIN middle USING (series) GROUP BY series
), followed AS MATERIALIZED (
    SELECT *, lag(value) OVER (PARTITION BY series ORDER BY period_end) AS before FROM suspicious
), scored AS MATERIALIZED (
    SELECT series, f.line, f.period, f.value, f.before, m.n,
           (f.value - m.mean) * m.n / (m.n - 1) AS distance,
           sqrt(greatest(0, (m.n * m.variance - (f.value - m.mean) ^ 2 * m.n / (m.n - 1))
                            / (m.n - 1))) AS deviation,
           CASE WHEN d.mad > 0 THEN 0.6745 * (f.value - m.median) / d.mad
                WHEN d.mean_distance > 0 THEN (f.value - m.median) / (1.253314 * d.mean_distance)
           END AS modified_z_score
    FROM followed AS f JOIN middle AS m USING (series) JOIN spread AS d USING (series)
    WHERE f.line IS NOT NULL AND f.before IS NOT NULL AND f.value IN (m.least, m.most)
), judged AS MATERIALIZED (
    SELECT c.*, s.area, s.breakdown, i.key
    FROM scored AS c
    JOIN suspect AS s USING (series)
    JOIN an_indicator AS i ON i.indicator = s.indicator
    WHERE CASE WHEN c.n >= 5
               THEN abs(c.distance) > i.z_score * c.deviation
                    OR abs(c.modified_z_score) > i.modified_z_score
               ELSE least(c.value, c.before) >= 0
                    AND greatest(c.value, c.before) >= i.ratio * least(c.value, c.before)
                    AND (least(c.value, c.before) > 0 OR i.cases IS NOT NULL) END
      AND abs(c.value - c.before) >= i.least_change * abs(c.before)
      AND abs(c.value - c.before)
          > coalesce(3 * sqrt(greatest(abs(c.value), abs(c.before)) / i.cases), 0)
)
SELECT j.line, j.key AS indicator, a.key AS area, e.text AS period, b.text AS breakdown,
       j.value::numeric AS value, j.before::numeric AS before,
       CASE WHEN j.n >= 5 THEN round((j.distance / nullif(j.deviation, 0))::numeric, 2) END
           AS z_score,
       CASE WHEN j.n >= 5 THEN round(j.modified_z_score::numeric, 2) END AS modified_z_score,
       j.n - 1 AS others, count(*) OVER () AS all_of_them
FROM judged AS j
JOIN an_area AS a ON a.area = j.area
JOIN a_period AS e ON e.period = j.period
JOIN a_breakdown AS b ON b.breakdown = j.breakdown
WHERE NOT EXISTS (
    SELECT FROM published AS p
    WHERE p.municipality_id = $1 AND p.indicator = j.key AND p.area = a.key
      AND p.period_end = e.period_end AND p.period = e.text AND p.breakdown = b.text
      AND p.release_to IS NULL AND p.value::float8 = j.value)
ORDER BY abs(coalesce(j.modified_z_score, j.distance / nullif(j.deviation, 0))) DESC NULLS FIRST,
         j.line
LIMIT $2
