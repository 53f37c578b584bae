-- $12 words for each status
SELECT (SELECT release FROM stand) AS release,
       (SELECT changes FROM stand) AS changes,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND area = ANY ($4)) AS areas,
       count(*) AS figures,
       json_build_object(
           'release', coalesce($10, (SELECT nullif(release, 0) FROM stand)),
           'indicators',
           coalesce((SELECT json_object_agg(key, brief ORDER BY key) FROM chosen_indicator), '{}'),
           'statuses', coalesce(
               (SELECT json_object_agg(s.status, $12::jsonb -> s.status)
                FROM (SELECT DISTINCT status FROM figure) AS s), '{}'),
           'columns', json_build_object(
               'indicator', coalesce(json_agg(indicator), '[]'),
               'area', coalesce(json_agg(area), '[]'),
               'period', coalesce(json_agg(period), '[]'),
               'breakdown', coalesce(json_agg(breakdown), '[]'),
               'value', coalesce(json_agg(value), '[]'),
               'status', coalesce(json_agg(status), '[]'))
       )::text AS body
FROM figure
