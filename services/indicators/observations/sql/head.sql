-- What stands before the figures, in JSON.
'{"release":', coalesce((SELECT release FROM pinned)::text, 'null'),
           ',"released_at":', coalesce((
               SELECT to_json(released_at) FROM shown_release
               WHERE municipality_id = $1 AND number = (SELECT release FROM pinned))::text, 'null'),
           ',"territory":',
           'null',                                                              -- if as_it_was
           to_json($26::date)::text,                                            -- if territory
           ',"indicators":', coalesce(
               (SELECT json_object_agg(key, brief ORDER BY key) FROM chosen_indicator), '{}'),
           ',"areas":', coalesce((                                              -- if names
               SELECT json_object_agg(area, name ORDER BY area)                 -- if names
               FROM (SELECT DISTINCT ON (area) area, name FROM shown_area       -- if names
                     WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) -- if names
                       AND area IN (SELECT area FROM figure)                    -- if names
                     ORDER BY area, valid_from DESC) AS latest), '{}'),         -- if names
           ',"dimensions":', coalesce((                                         -- if names
               SELECT json_object_agg(code, labels ORDER BY code)               -- if names
               FROM shown_dimension                                             -- if names
               WHERE municipality_id = $1 AND visibility = ANY ($2::text[])     -- if names
                 AND code IN (SELECT split_part(part, '=', 1) FROM (            -- if names
                     SELECT DISTINCT breakdown FROM figure) AS b,               -- if names
                     string_to_table(b.breakdown, '&') AS part)), '{}'),        -- if names
           ',"statuses":', coalesce(
               (SELECT json_object_agg(s.status, :words -> s.status)
                FROM (SELECT DISTINCT status FROM figure) AS s), '{}')
