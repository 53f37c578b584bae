-- Earlier releases do not tell what is hidden now: versions that show a figure in the state in which
-- it is hidden now, versions named in `told`, and quotients that were shown together with those.
-- $1 municipality, $2 release
WITH now_hidden AS (
    SELECT p.indicator, p.area, p.period_end, p.period, p.breakdown, o.release_from
    FROM protected AS p
    JOIN observation AS o
      ON o.municipality_id = $1 AND o.indicator = p.indicator AND o.area = p.area
     AND o.period_end = p.period_end AND o.period = p.period AND o.breakdown = p.breakdown
     AND o.release_to IS NULL
    WHERE p.status = 'confidential' OR p.rule LIKE 'rounded:%'
), version AS (
    SELECT v.indicator, v.area, v.period_end, v.period, v.breakdown, v.release_from
    FROM now_hidden AS n
    JOIN published AS v
      ON v.municipality_id = $1 AND v.indicator = n.indicator AND v.area = n.area
     AND v.period_end = n.period_end AND v.period = n.period AND v.breakdown = n.breakdown
     AND v.release_to > n.release_from AND v.value IS NOT NULL AND v.rule NOT LIKE 'rounded:%'
    UNION
    SELECT v.indicator, v.area, v.period_end, v.period, v.breakdown, v.release_from
    FROM told AS t
    JOIN published AS v
      ON v.municipality_id = $1 AND v.indicator = t.indicator AND v.area = t.area
     AND v.period_end = t.period_end AND v.period = t.period AND v.breakdown = t.breakdown
     AND v.release_from < t.release_to AND v.release_to > t.release_from
    UNION
    SELECT v.indicator, v.area, v.period_end, v.period, v.breakdown, v.release_from
    FROM told AS t
    JOIN indicator AS i
      ON i.municipality_id = $1 AND t.indicator IN (i.numerator, i.denominator)
    JOIN published AS v
      ON v.municipality_id = $1 AND v.indicator = i.key AND v.area = t.area
     AND v.period_end = t.period_end AND v.breakdown = t.breakdown
     AND v.release_from < t.release_to AND v.release_to > t.release_from
)
UPDATE published AS o SET value = NULL, status = 'confidential', rule = 'retracted:' || $2::int
FROM version AS v
WHERE o.municipality_id = $1 AND o.indicator = v.indicator AND o.area = v.area
  AND o.period_end = v.period_end AND o.period = v.period AND o.breakdown = v.breakdown
  AND o.release_from = v.release_from AND o.release_to IS NOT NULL AND o.value IS NOT NULL
