-- Columns. They are joined as text, a third faster than json_agg: keys, periods, breakdowns and
-- states hold no sign that JSON would escape. What few figures have is told by their number.
SELECT :stand,
       count(*) AS figures,
       concat(
           :head,
           ',"columns":{"indicator":[', string_agg('"' || indicator || '"', ','),
           '],"area":[', string_agg('"' || area || '"', ','),
           '],"period":[', string_agg('"' || period || '"', ','),
           '],"breakdown":[', string_agg('"' || breakdown || '"', ','),
           '],"value":[', string_agg(coalesce(value::text, 'null'), ','),
           '],"status":[', string_agg('"' || status || '"', ','),
           ']},"reasons":{',
           string_agg('"' || n || '":' || to_json(rule), ',') FILTER (WHERE rule <> ''),
           '},"provisional":[', string_agg(n::text, ',') FILTER (WHERE provisional),
           '],"basis":'
           , 'null'                                                             -- if no_basis
           , '{', string_agg('"' || n || '":' || basis, ',')                    -- if basis
               FILTER (WHERE basis IS NOT NULL), '}'                            -- if basis
           , ',"gone":'
           , 'null'                                                             -- if standing
           , '[', string_agg(n::text, ',') FILTER (WHERE gone), ']'             -- if gone
           , ',"estimated":'
           , 'null'                                                             -- if as_it_was
           , '[', string_agg(n::text, ',')                                      -- if territory
               FILTER (WHERE rule = 'territory:estimated'), ']'                 -- if territory
       ) AS body
FROM (SELECT *, row_number() OVER () - 1 AS n FROM figure) AS f
