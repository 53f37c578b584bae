-- :words for each status, $12 language. The words are looked up in JSON objects: a join could be
-- planned in a way that reads all names for each figure.
, word AS MATERIALIZED (
    SELECT (SELECT jsonb_object_agg(key, jsonb_build_object(
                'name', csv_cell(coalesce(brief -> 'name' ->> $12, brief -> 'name' ->> 'de')),
                'unit', csv_cell(coalesce(brief -> 'unit' ->> $12, brief -> 'unit' ->> 'de'))))
            FROM chosen_indicator) AS indicator,
           (SELECT jsonb_object_agg(area, csv_cell(coalesce(name ->> $12, name ->> 'de')))
            FROM (SELECT DISTINCT ON (area) area, name FROM shown_area
                  WHERE municipality_id = $1 ORDER BY area, valid_from DESC) AS latest) AS area
)
SELECT (SELECT release FROM stand) AS release,
       (SELECT changes FROM stand) AS changes,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND area = ANY ($4)) AS areas,
       count(*) AS figures,
       'indicator,indicator_name,area,area_name,period,breakdown,value,status,unit' || E'\r\n'
       || coalesce(string_agg(
           concat_ws(',', f.indicator, w.indicator -> f.indicator ->> 'name',
                     f.area, w.area ->> f.area, f.period, csv_cell(f.breakdown),
                     coalesce(f.value::text, :words -> f.status ->> 'marker'), f.status,
                     w.indicator -> f.indicator ->> 'unit')
           || E'\r\n', ''
           ORDER BY f.indicator COLLATE "C", f.area COLLATE "C", f.period_end,
                    f.period COLLATE "C", f.breakdown COLLATE "C"), '') AS body
FROM figure AS f CROSS JOIN word AS w
