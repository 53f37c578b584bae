-- The figures of the deliveries; of two for one place that of the later delivery in the list.
-- $1 municipality, $2 deliveries
INSERT INTO moving
SELECT DISTINCT ON (indicator, area, period_end, period, breakdown)
       indicator, area, period_end, period, breakdown, period_start, value, status, delivery,
       gone, provisional
FROM staged JOIN unnest($2::text[]) WITH ORDINALITY AS listed (delivery, place) USING (delivery)
WHERE municipality_id = $1
ORDER BY indicator, area, period_end, period, breakdown, place DESC
