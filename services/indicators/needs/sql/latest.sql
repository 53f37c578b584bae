-- The newest period, up to a day, of indicators in a breakdown on levels of areas.
-- :municipality, :indicators, :breakdowns, :levels (three columns of what is asked for), :on
SELECT w.indicator, w.breakdown, w.level, newest.period
FROM unnest(cast(:indicators AS text[]), cast(:breakdowns AS text[]), cast(:levels AS text[]))
     AS w (indicator, breakdown, level)
CROSS JOIN LATERAL (
    SELECT o.period FROM published AS o
    JOIN area AS a ON a.municipality_id = o.municipality_id AND a.key = o.area
     AND a.level = w.level
    WHERE o.municipality_id = :municipality AND o.indicator = w.indicator
      AND o.breakdown = w.breakdown AND o.period_end <= :on AND o.release_to IS NULL
    ORDER BY o.period_end DESC, o.period_start DESC, o.period DESC
    LIMIT 1) AS newest
