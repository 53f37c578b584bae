-- What there is of an indicator. From each breakdown and period the index leads to the next one,
-- so that no more is read than there is to tell. $1 municipality, $2 visibilities, $3 indicator
WITH RECURSIVE shown AS (
    SELECT area, level FROM shown_area WHERE municipality_id = $1 AND visibility = ANY ($2::text[])
), place AS (
    (SELECT o.breakdown, o.period_end, o.period FROM published AS o
     WHERE o.municipality_id = $1 AND o.indicator = $3 AND o.release_to IS NULL
     ORDER BY o.breakdown, o.period_end, o.period LIMIT 1)
    UNION ALL
    SELECT further.* FROM place AS p CROSS JOIN LATERAL (
        SELECT o.breakdown, o.period_end, o.period FROM published AS o
        WHERE o.municipality_id = $1 AND o.indicator = $3 AND o.release_to IS NULL
          AND (o.breakdown, o.period_end, o.period) > (p.breakdown, p.period_end, p.period)
        ORDER BY o.breakdown, o.period_end, o.period LIMIT 1) AS further
), seen AS ( -- nothing is told of figures that are only of areas that one may not see
    SELECT breakdown, period_end, period FROM place AS p
    WHERE EXISTS (
        SELECT FROM published AS o
        WHERE o.municipality_id = $1 AND o.indicator = $3 AND o.breakdown = p.breakdown
          AND o.period_end = p.period_end AND o.period = p.period AND o.release_to IS NULL
          AND (o.area IN (SELECT area FROM shown)) IS TRUE)
), covered AS (
    SELECT DISTINCT s.level, s.area FROM shown AS s
    WHERE EXISTS (
        SELECT FROM published AS o
        WHERE o.municipality_id = $1 AND o.indicator = $3 AND o.area = s.area
          AND o.release_to IS NULL)
)
SELECT (SELECT key FROM shown_indicator
        WHERE municipality_id = $1 AND key = $3 AND visibility = ANY ($2::text[])) AS found,
       json_build_object(
           'indicator', $3,
           'release', (SELECT nullif(release, 0) FROM edition WHERE municipality_id = $1),
           'levels', coalesce((
               SELECT json_agg(json_build_object('level', level, 'areas', areas) ORDER BY level)
               FROM (SELECT level, count(*) AS areas FROM covered GROUP BY level) AS l), '[]'),
           'first', (SELECT period FROM seen ORDER BY period_end, period LIMIT 1),
           'last', (SELECT period FROM seen ORDER BY period_end DESC, period DESC LIMIT 1),
           'breakdowns', coalesce((
               SELECT json_agg(json_build_object('breakdown', breakdown, 'periods', periods)
                               ORDER BY breakdown)
               FROM (SELECT breakdown, json_agg(period ORDER BY period_end, period) AS periods
                     FROM seen GROUP BY breakdown) AS b), '[]'))::text AS body
