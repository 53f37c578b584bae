-- :words for each status. The columns are joined as text, a third faster than json_agg: keys,
-- periods, breakdowns and states hold no sign that JSON would escape.
SELECT (SELECT release FROM stand) AS release,
       (SELECT changes FROM stand) AS changes,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND area = ANY ($4)) AS areas,
       count(*) AS figures,
       concat(
           '{"release":',
           coalesce(coalesce($10, (SELECT nullif(release, 0) FROM stand))::text, 'null'),
           ',"indicators":',
           coalesce((SELECT json_object_agg(key, brief ORDER BY key) FROM chosen_indicator), '{}'),
           ',"statuses":', coalesce(
               (SELECT json_object_agg(s.status, :words -> s.status)
                FROM (SELECT DISTINCT status FROM figure) AS s), '{}'),
           ',"columns":{"indicator":[', string_agg('"' || indicator || '"', ','),
           '],"area":[', string_agg('"' || area || '"', ','),
           '],"period":[', string_agg('"' || period || '"', ','),
           '],"breakdown":[', string_agg('"' || breakdown || '"', ','),
           '],"value":[', string_agg(coalesce(value::text, 'null'), ','),
           '],"status":[', string_agg('"' || status || '"', ','), ']}}') AS body
FROM figure
