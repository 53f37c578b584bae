-- What is known of what was asked for, and where the next part of the answer begins.
(SELECT release FROM stand) AS release, (SELECT changes FROM stand) AS changes,
       (SELECT release FROM pinned) AS pinned,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area                                  -- if area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[])            -- if area
          AND valid_from <= $26 AND coalesce(valid_to > $26, true)     -- if area_territory
          AND area = ANY ($4)) AS areas,                                        -- if area
       EXISTS (SELECT FROM shown_area WHERE municipality_id = $1                -- if level
                 AND visibility = ANY ($2::text[]) AND level = $5) AS level,    -- if level
       EXISTS (SELECT FROM shown_area WHERE municipality_id = $1                -- if within
                 AND visibility = ANY ($2::text[]) AND area = $6) AS within,    -- if within
       CASE WHEN count(*) = $20 THEN (
           SELECT ARRAY[indicator, area, period_end::text, period, breakdown]
           FROM figure OFFSET $20 - 1) END AS last
