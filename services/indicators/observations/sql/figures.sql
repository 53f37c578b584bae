-- The figures asked for, as they stand or stood with a release. Followed by one of the as_*.sql,
-- which read no more than `stand`, `pinned`, `chosen_indicator` and `figure`: whoever finds
-- figures otherwise puts a `figure` with the same columns in their place.
-- A line that ends with "-- if ..." is left out when none of these was asked for; :words with a
-- colon are put in by queries.py.
-- $1 municipality, $2 visibilities, $3 indicators, $4 areas, $5 level, $6 area above,
-- $7 first day, $8 last day, $9 breakdowns, $10 pattern of breakdowns, $11 statuses,
-- $12 periods, $13 their last days, $14 how many of the newest days, $15 release, $16 moment,
-- $17 release and $18 moment after which something is new, $19 language, $20 most figures,
-- $21 to $25 the figure after which to go on
WITH RECURSIVE asked AS ( -- what a left out line would have said of the types
    SELECT $4::text[], $5::text, $6::text, $7::date, $8::date, $9::text[], $10::text, $11::text[],
           $12::text[], $13::date[], $14::int, $15::int, $16::timestamptz, $17::int,
           $18::timestamptz, $19::text, $21::text, $22::text, $23::date, $24::text, $25::text
), stand AS (
    SELECT coalesce(max(release), 0) AS release, coalesce(max(changes), 0) AS changes
    FROM edition WHERE municipality_id = $1
), pinned AS (
    SELECT nullif(release, 0) AS release FROM stand                             -- if current
    SELECT $15::int AS release                                                  -- if release
    SELECT max(number) AS release FROM shown_release                            -- if moment
    WHERE municipality_id = $1 AND released_at <= $16                           -- if moment
), since AS (                                                                   -- if gone
    SELECT $17::int AS release                                                  -- if since
    SELECT coalesce(max(number), 0) AS release FROM shown_release               -- if since_moment
    WHERE municipality_id = $1 AND released_at <= $18                           -- if since_moment
), chosen_indicator AS (
    SELECT key, brief FROM shown_indicator
    WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND key = ANY ($3::text[])
), below AS (                                                                   -- if within
    SELECT area FROM shown_area WHERE municipality_id = $1 AND parent = $6      -- if within
       AND valid_from <= $26 AND coalesce(valid_to > $26, true) -- if within_territory
    UNION                                                                       -- if within
    SELECT a.area FROM below AS b JOIN shown_area AS a                          -- if within
      ON a.municipality_id = $1 AND a.parent = b.area                           -- if within
     AND a.valid_from <= $26 AND coalesce(a.valid_to > $26, true)     -- if within_territory
), known AS ( -- each breakdown there is: the index leads from one to the next -- if known
    SELECT i.key AS indicator, least.breakdown                                  -- if known
    FROM chosen_indicator AS i CROSS JOIN LATERAL (                             -- if known
        SELECT o.breakdown FROM published AS o                                  -- if known
        WHERE o.municipality_id = $1 AND o.indicator = i.key                    -- if known
          AND o.release_to IS NULL                                              -- if known
        ORDER BY o.breakdown LIMIT 1) AS least                                  -- if known
    UNION ALL                                                                   -- if known
    SELECT k.indicator, further.breakdown                                       -- if known
    FROM known AS k CROSS JOIN LATERAL (                                        -- if known
        SELECT o.breakdown FROM published AS o                                  -- if known
        WHERE o.municipality_id = $1 AND o.indicator = k.indicator              -- if known
          AND o.release_to IS NULL AND o.breakdown > k.breakdown                -- if known
        ORDER BY o.breakdown LIMIT 1) AS further                                -- if known
), newest AS ( -- from the newest day backwards, looking only at what is asked for -- if newest
    SELECT i.key AS indicator, last.period_end, 1 AS place                      -- if newest
    FROM chosen_indicator AS i CROSS JOIN LATERAL (                             -- if newest
        SELECT o.period_end FROM published AS o                                 -- if newest
        WHERE :asked AND :standing AND o.indicator = i.key                      -- if newest
        ORDER BY o.period_end DESC LIMIT 1) AS last                             -- if newest
    UNION ALL                                                                   -- if newest
    SELECT n.indicator, before.period_end, n.place + 1                          -- if newest
    FROM newest AS n CROSS JOIN LATERAL (                                       -- if newest
        SELECT o.period_end FROM published AS o                                 -- if newest
        WHERE :asked AND :standing AND o.indicator = n.indicator                -- if newest
          AND o.period_end < n.period_end                                       -- if newest
        ORDER BY o.period_end DESC LIMIT 1) AS before                           -- if newest
    WHERE n.place < $14                                                         -- if newest
), wanted (indicator, period_end) AS (                                          -- if newest
    SELECT indicator, period_end FROM newest                                    -- if last
    UNION                                                                       -- if last_and_before
    -- The last day of February is followed by the last day of February.        -- if before
    SELECT indicator, CASE WHEN extract(month FROM period_end + 1)              -- if before
                                > extract(month FROM period_end)                -- if before
                                OR extract(month FROM period_end) = 12          -- if before
                                   AND extract(day FROM period_end) = 31        -- if before
        THEN (date_trunc('month', period_end) - interval '11 months')::date - 1 -- if before
        ELSE (period_end - interval '1 year')::date END                         -- if before
    FROM newest WHERE place = 1                                                 -- if before
), figure AS (
    -- Fenced: what is bounded in time or by breakdown is looked up so and then sorted; the planner
    -- would prefer the order of the answer, whatever it had to read for it.
    SELECT * FROM (                                                             -- if bounded
    SELECT o.indicator, o.area, o.period_start, o.period_end, o.period, o.breakdown,
           o.value, o.status, :rule AS rule, o.provisional, o.basis, false AS gone -- if standing
           CASE WHEN :standing THEN o.value END AS value,                       -- if gone
           CASE WHEN :standing THEN o.status ELSE 'missing' END AS status,      -- if gone
           CASE WHEN :standing THEN :rule ELSE '' END AS rule,                  -- if gone
           o.provisional, CASE WHEN :standing THEN o.basis END AS basis,        -- if gone
           (:standing) IS NOT TRUE AS gone                                      -- if gone
    FROM published AS o
    WHERE :asked
      -- An array, not a join: whatever the planner believes of their number, it walks an index
      -- of the figures; of one indicator it comes in the order in which they are answered.
      AND o.indicator = ANY (ARRAY (SELECT key FROM chosen_indicator))          -- if several
      AND o.indicator = (SELECT key FROM chosen_indicator)                      -- if one
      AND o.status = ANY ($11)                                                  -- if status
      AND o.period_end = ANY ($13) AND o.period = ANY ($12)                     -- if period
      AND o.period_end = ANY (ARRAY (SELECT period_end FROM wanted))            -- if newest
      AND (o.indicator, o.period_end) IN (SELECT indicator, period_end FROM wanted) -- if newest
      AND :standing                                                             -- if standing
      AND (:standing AND o.release_from > (SELECT release FROM since)           -- if gone
           OR o.release_from <= (SELECT release FROM since)                     -- if gone
              AND o.release_to > (SELECT release FROM since)                    -- if gone
              AND o.release_to <= (SELECT release FROM pinned)                  -- if gone
              AND NOT EXISTS (                                                  -- if gone
                  SELECT FROM published AS s                                    -- if gone
                  WHERE s.municipality_id = $1 AND s.indicator = o.indicator    -- if gone
                    AND s.area = o.area AND s.period_end = o.period_end         -- if gone
                    AND s.period = o.period AND s.breakdown = o.breakdown       -- if gone
                    AND s.release_from <= (SELECT release FROM pinned)          -- if gone
                    AND coalesce(s.release_to > (SELECT release FROM pinned), true))) -- if gone
      AND (o.indicator, o.area, o.period_end, o.period, o.breakdown)            -- if after
          > ($21, $22, $23, $24, $25)                                           -- if after
    OFFSET 0) AS o                                                              -- if bounded
    ORDER BY o.indicator, o.area, o.period_end, o.period, o.breakdown
    LIMIT $20
)
