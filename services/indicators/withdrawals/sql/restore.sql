-- What stood before the figures of a delivery, and before figures of other withdrawn deliveries:
-- the way back through the versions of each place, as long as one gave way to the other. Where
-- there was nothing, nothing will stand. Figures that the delivery took back stand again.
-- $1 municipality, $2 delivery, $3 release that brought it, $4 withdrawn deliveries and this one
WITH RECURSIVE back AS (
    SELECT indicator, area, period_end, period, breakdown, period_start, value, status,
           provisional, basis, delivery, release_from AS since
    FROM observation
    WHERE municipality_id = $1 AND delivery = $2 AND release_to IS NULL
    UNION ALL
    SELECT s.indicator, s.area, s.period_end, s.period, s.breakdown, s.period_start, NULL, 'missing',
           false, NULL, $2, $3
    FROM staged AS s
    WHERE s.municipality_id = $1 AND s.delivery = $2 AND s.gone AND NOT EXISTS (
        SELECT FROM observation AS o
        WHERE o.municipality_id = $1 AND o.indicator = s.indicator AND o.area = s.area
          AND o.period_end = s.period_end AND o.period = s.period AND o.breakdown = s.breakdown
          AND (o.release_to IS NULL OR o.release_to > $3))
    UNION ALL
    SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.period_start, o.value,
           o.status, o.provisional, o.basis, o.delivery, o.release_from
    FROM back AS b
    JOIN observation AS o
      ON o.municipality_id = $1 AND o.indicator = b.indicator AND o.area = b.area
     AND o.period_end = b.period_end AND o.period = b.period AND o.breakdown = b.breakdown
     AND o.release_to = b.since
    WHERE b.delivery = ANY($4::text[])
)
INSERT INTO moving (indicator, area, period_end, period, breakdown, period_start, value, status,
                    delivery, gone, provisional, basis)
SELECT DISTINCT ON (indicator, area, period_end, period, breakdown)
       indicator, area, period_end, period, breakdown, period_start, value, status, delivery,
       delivery = ANY($4::text[]), provisional, basis
FROM back
ORDER BY indicator, area, period_end, period, breakdown, since
