-- The breakdowns of the figures of these indicators, and the code lists of dimensions.
-- Nothing is told of figures that are only of areas that one may not see.
-- $1 municipality, $2 visibilities, $3 indicators
WITH RECURSIVE chosen AS (
    SELECT key FROM shown_indicator
    WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND key = ANY ($3::text[])
), shown AS (
    SELECT area FROM shown_area WHERE municipality_id = $1 AND visibility = ANY ($2::text[])
), known AS ( -- the index leads from one to the next                              -- if current
    SELECT i.key AS indicator, least.breakdown                                  -- if current
    FROM chosen AS i CROSS JOIN LATERAL (                                       -- if current
        SELECT o.breakdown FROM published AS o                                  -- if current
        WHERE o.municipality_id = $1 AND o.indicator = i.key                    -- if current
          AND o.release_to IS NULL                                              -- if current
        ORDER BY o.breakdown LIMIT 1) AS least                                  -- if current
    UNION ALL                                                                   -- if current
    SELECT k.indicator, further.breakdown                                       -- if current
    FROM known AS k CROSS JOIN LATERAL (                                        -- if current
        SELECT o.breakdown FROM published AS o                                  -- if current
        WHERE o.municipality_id = $1 AND o.indicator = k.indicator              -- if current
          AND o.release_to IS NULL AND o.breakdown > k.breakdown                -- if current
        ORDER BY o.breakdown LIMIT 1) AS further                                -- if current
), seen AS (
    SELECT DISTINCT k.breakdown FROM known AS k WHERE EXISTS (                  -- if current
        SELECT FROM published AS o                                              -- if current
        WHERE o.municipality_id = $1 AND o.indicator = k.indicator              -- if current
          AND o.breakdown = k.breakdown AND o.release_to IS NULL                -- if current
          AND (o.area IN (SELECT area FROM shown)) IS TRUE)                     -- if current
    SELECT DISTINCT o.breakdown FROM published AS o                             -- if past
    WHERE o.municipality_id = $1 AND o.indicator = ANY (ARRAY (SELECT key FROM chosen)) -- if past
      AND (o.area IN (SELECT area FROM shown)) IS TRUE                          -- if past
)
SELECT coalesce((SELECT array_agg(breakdown) FROM seen), '{}') AS breakdowns,
       coalesce((SELECT json_object_agg(code, labels) FROM shown_dimension
                 WHERE municipality_id = $1 AND visibility = ANY ($2::text[])), '{}')::text
           AS labels
