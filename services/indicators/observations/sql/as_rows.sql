-- An object for each figure, joined as text for the reason that as_json.sql gives.
SELECT :stand,
       count(*) AS figures,
       concat(                                                                  -- if rows
           :head,                                                               -- if rows
           ',"rows":[',                                                         -- if rows
       string_agg(
           '{"indicator":"' || indicator || '","area":"' || area || '","period":"' || period
           || '","breakdown":{' || CASE WHEN breakdown = '' THEN '' ELSE
               '"' || replace(replace(breakdown, '=', '":"'), '&', '","') || '"' END
           || '},"value":' || coalesce(value::text, 'null') || ',"status":"' || status
           || '","reason":' || CASE WHEN rule = '' THEN 'null' ELSE to_json(rule)::text END
           || ',"provisional":' || provisional
           || ',"basis":' || coalesce(basis::text, 'null')                      -- if basis
           || ',"gone":' || gone                                                -- if gone
           || ',"estimated":' || (rule = 'territory:estimated')                 -- if territory
           || '}', ','                                                          -- if rows
           || '}' || E'\n', ''                                                  -- if lines
       )
           , ']'                                                                -- if rows
       )                                                                        -- if rows
       AS body
FROM figure
