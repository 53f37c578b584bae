-- Published figures of the newest period, up to a day, that has figures of the level. A figure
-- counts cases in units. No figures where the indicator is not for these eyes or is no count.
-- :municipality, :indicator, :breakdown, :level, :on, :visible
WITH figure AS MATERIALIZED (
    SELECT o.area, o.period_start, o.period_end, o.period, o.status, o.provisional,
           o.value * i.cases_per_unit AS value
    FROM published AS o
    JOIN indicator AS i ON i.municipality_id = o.municipality_id AND i.key = o.indicator
     AND i.kind = 'count' AND i.visibility = ANY (cast(:visible AS text[]))
    JOIN area AS a ON a.municipality_id = o.municipality_id AND a.key = o.area
     AND a.level = :level
    WHERE o.municipality_id = :municipality AND o.indicator = :indicator
      AND o.breakdown = :breakdown AND o.period_end <= :on AND o.release_to IS NULL
)
SELECT area, period, value, status, provisional FROM figure
WHERE (period_end, period_start, period) = (
    SELECT period_end, period_start, period FROM figure
    ORDER BY period_end DESC, period_start DESC, period DESC LIMIT 1)
