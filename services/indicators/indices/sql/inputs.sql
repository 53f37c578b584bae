-- What an index may use: figures that are shown. Of a rate shown with fewer decimals the whole
-- value, since classes are those of unrounded values; of one changed by another rule what is shown.
-- $1 municipality, $2 indicators, $3 level, $4 whether the whole values may be used
SELECT p.indicator, p.area, a.level, p.period_end, p.period, p.breakdown,
       CASE WHEN $4 AND p.value IS NOT NULL AND p.rule LIKE 'precision:%'
            THEN coalesce(o.value, p.value) ELSE p.value END AS value,
       p.status
FROM published AS p
JOIN area AS a ON a.municipality_id = $1 AND a.key = p.area AND a.level = $3
LEFT JOIN observation AS o
  ON $4 AND o.municipality_id = $1 AND o.indicator = p.indicator AND o.area = p.area
 AND o.period_end = p.period_end AND o.period = p.period AND o.breakdown = p.breakdown
 AND o.release_to IS NULL
WHERE p.municipality_id = $1 AND p.indicator = ANY ($2) AND p.release_to IS NULL
