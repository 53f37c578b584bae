-- Shown figures of the index that no longer stand. $1 municipality, $2 indicators, $3 release
WITH stale AS (
    SELECT p.indicator, p.area, p.period_end, p.period, p.breakdown, p.release_from
    FROM published AS p
    WHERE p.municipality_id = $1 AND p.indicator = ANY ($2) AND p.release_to IS NULL
      AND NOT EXISTS (
        SELECT FROM observation AS o
        WHERE o.municipality_id = $1 AND o.indicator = p.indicator AND o.area = p.area
          AND o.period_end = p.period_end AND o.period = p.period AND o.breakdown = p.breakdown
          AND o.release_to IS NULL
          AND (o.value, o.status, o.basis) IS NOT DISTINCT FROM (p.value, p.status, p.basis))
), never AS (
    DELETE FROM published AS p USING stale AS s
    WHERE p.municipality_id = $1 AND p.indicator = s.indicator AND p.area = s.area
      AND p.period_end = s.period_end AND p.period = s.period AND p.breakdown = s.breakdown
      AND p.release_from = s.release_from AND s.release_from = $3
)
UPDATE published AS p SET release_to = $3 FROM stale AS s
WHERE p.municipality_id = $1 AND p.indicator = s.indicator AND p.area = s.area
  AND p.period_end = s.period_end AND p.period = s.period AND p.breakdown = s.breakdown
  AND p.release_from = s.release_from AND s.release_from < $3
