-- The figures asked for, as they stand or stood with a release. Followed by as_json.sql or
-- as_csv.sql. A line that ends with "-- if ..." is left out when that was not asked for.
-- $1 municipality, $2 visibilities, $3 indicators, $4 areas, $5 level, $6 area above,
-- $7 first day, $8 last day, $9 breakdowns, $10 release, $11 most figures
WITH RECURSIVE asked AS ( -- what a left out line would have said of the types
    SELECT $4::text[], $5::text, $6::text, $7::date, $8::date, $9::text[], $10::int
), stand AS (
    SELECT coalesce(max(release), 0) AS release, coalesce(max(changes), 0) AS changes
    FROM edition WHERE municipality_id = $1
), chosen_indicator AS (
    SELECT key, brief FROM shown_indicator
    WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND key = ANY ($3::text[])
), below AS (                                                                   -- if within
    SELECT area FROM shown_area WHERE municipality_id = $1 AND parent = $6      -- if within
    UNION                                                                       -- if within
    SELECT a.area FROM below AS b JOIN shown_area AS a                          -- if within
      ON a.municipality_id = $1 AND a.parent = b.area                           -- if within
), figure AS (
    SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.value, o.status
    FROM published AS o
    WHERE o.municipality_id = $1
      -- An array and a hashed set, not joins: whatever the planner believes of their size, it
      -- walks an index of the figures once and looks each area up in memory.
      AND o.indicator = ANY (ARRAY (SELECT key FROM chosen_indicator))
      AND o.area = ANY ($4)                                                     -- if area
      AND (o.area IN (
          SELECT area FROM shown_area
          WHERE municipality_id = $1 AND visibility = ANY ($2::text[])
            AND area = ANY ($4)                                                 -- if area
            AND level = $5                                                      -- if level
            AND area IN (SELECT area FROM below)                                -- if within
      )) IS TRUE
      -- A period begins no later than it ends: the first bound is for the index. -- if from
      AND o.period_end >= $7 AND o.period_start >= $7                           -- if from
      AND o.period_end <= $8                                                    -- if until
      AND o.breakdown = ANY ($9)                                                -- if breakdown
      AND o.release_to IS NULL                                                  -- if current
      AND o.release_from <= $10 AND coalesce(o.release_to > $10, true)          -- if as_of
    ORDER BY o.indicator COLLATE "C", o.area COLLATE "C", o.period_end, o.period COLLATE "C",
             o.breakdown COLLATE "C"
    LIMIT $11 + 1
)
