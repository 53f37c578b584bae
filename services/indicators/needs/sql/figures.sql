-- Published figures of indicators in a breakdown and a period, of all areas.
-- :municipality, :indicators, :breakdowns, :periods, :ends (columns of what is asked for)
SELECT o.indicator, o.breakdown, o.period, o.area, o.value, o.status
FROM unnest(cast(:indicators AS text[]), cast(:breakdowns AS text[]), cast(:periods AS text[]),
            cast(:ends AS date[])) AS w (indicator, breakdown, period, period_end)
JOIN published AS o
  ON o.municipality_id = :municipality AND o.indicator = w.indicator
 AND o.period_end = w.period_end AND o.period = w.period AND o.breakdown = w.breakdown
 AND o.release_to IS NULL
