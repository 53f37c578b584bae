-- Published figures of indicators in a breakdown and a period, of all areas: one row for each, with
-- columns of the same length. :municipality, :indicators, :breakdowns, :periods, :ends
SELECT o.indicator, o.breakdown, o.period, array_agg(o.area) AS areas,
       array_agg(o.value::text) AS values, array_agg(o.status) AS statuses
FROM unnest(cast(:indicators AS text[]), cast(:breakdowns AS text[]), cast(:periods AS text[]),
            cast(:ends AS date[])) AS w (indicator, breakdown, period, period_end)
JOIN published AS o
  ON o.municipality_id = :municipality AND o.indicator = w.indicator
 AND o.period_end = w.period_end AND o.period = w.period AND o.breakdown = w.breakdown
 AND o.release_to IS NULL
GROUP BY o.indicator, o.breakdown, o.period
