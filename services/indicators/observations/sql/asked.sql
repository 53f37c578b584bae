-- The place, the time and the breakdown of a figure, in the words of figures.sql.
o.municipality_id = $1
      AND o.area = ANY ($4)                                                     -- if area
      -- A hashed set, not a join: each area is looked up in memory.
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
      AND o.breakdown ~ $10                                                     -- if pattern
      AND o.breakdown = ANY (ARRAY (                                            -- if known
          SELECT breakdown FROM known WHERE breakdown ~ $10))                   -- if known
