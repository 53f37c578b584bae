-- Figures outside of all others of their series that changed too much against the period before, and
-- whose z-score or modified z-score is beyond the limit. A figure that is shown like this already
-- is not complained of again. $1 municipality, $2 how many
WITH figure AS (
    SELECT s.*, f.line, f.period, e.period_end, f.value::float8 AS value, f.value AS exact
    FROM suspect AS s
    JOIN found AS f USING (indicator, area, breakdown)
    JOIN a_period AS e ON e.period = f.period AND e.length = s.length
    WHERE f.value IS NOT NULL AND NOT f.gone
    UNION ALL
    SELECT s.*, NULL, NULL, p.period_end, p.value, NULL
    FROM suspect AS s JOIN past AS p USING (indicator, area, breakdown, length)
), middle AS (
    SELECT indicator, area, breakdown, length, count(*) AS n, avg(value) AS mean,
           var_pop(value) AS variance, min(value) AS least, max(value) AS most,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median
    FROM figure GROUP BY indicator, area, breakdown, length
), spread AS (
    SELECT indicator, area, breakdown, length,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(value - median)) AS mad,
           avg(abs(value - median)) AS mean_distance
    FROM figure JOIN middle USING (indicator, area, breakdown, length)
    GROUP BY indicator, area, breakdown, length
), followed AS (
    SELECT *, lag(value) OVER (
        PARTITION BY indicator, area, breakdown, length ORDER BY period_end) AS before
    FROM figure
), scored AS (
    SELECT f.*, m.n, m.least, m.most,
           (f.value - m.mean) * m.n / (m.n - 1) AS distance,
           sqrt(greatest(0, (m.n * m.variance - (f.value - m.mean) ^ 2 * m.n / (m.n - 1))
                            / (m.n - 1))) AS deviation,
           CASE WHEN d.mad > 0 THEN 0.6745 * (f.value - m.median) / d.mad
                WHEN d.mean_distance > 0 THEN (f.value - m.median) / (1.253314 * d.mean_distance)
           END AS modified_z_score
    FROM followed AS f
    JOIN middle AS m USING (indicator, area, breakdown, length)
    JOIN spread AS d USING (indicator, area, breakdown, length)
    WHERE f.line IS NOT NULL AND f.before IS NOT NULL AND f.value IN (m.least, m.most)
)
SELECT s.line, i.key AS indicator, a.key AS area, e.text AS period, b.text AS breakdown,
       s.exact AS value, s.before::numeric AS before,
       round((s.distance / nullif(s.deviation, 0))::numeric, 2) AS z_score,
       round(s.modified_z_score::numeric, 2) AS modified_z_score,
       s.n - 1 AS others, count(*) OVER () AS all_of_them
FROM scored AS s
JOIN an_indicator AS i ON i.indicator = s.indicator
JOIN an_area AS a ON a.area = s.area
JOIN a_period AS e ON e.period = s.period
JOIN a_breakdown AS b ON b.breakdown = s.breakdown
WHERE (abs(s.distance) > i.z_score * s.deviation
       OR abs(s.modified_z_score) > i.modified_z_score)
  AND abs(s.value - s.before) >= i.least_change * abs(s.before)
  AND NOT EXISTS (
      SELECT FROM published AS p
      WHERE p.municipality_id = $1 AND p.indicator = i.key AND p.area = a.key
        AND p.period_end = e.period_end AND p.period = e.text AND p.breakdown = b.text
        AND p.release_to IS NULL AND p.value = s.exact)
ORDER BY abs(coalesce(s.modified_z_score, s.distance / nullif(s.deviation, 0))) DESC NULLS FIRST,
         s.line
LIMIT $2
