-- The words are looked up in JSON objects: a join could be planned in a way that reads all names
-- for each figure.
, word AS MATERIALIZED (
    SELECT (SELECT jsonb_object_agg(key, jsonb_build_object(
                'name', csv_cell(coalesce(brief -> 'name' ->> $19, brief -> 'name' ->> 'de')),
                'unit', csv_cell(coalesce(brief -> 'unit' ->> $19, brief -> 'unit' ->> 'de'))))
            FROM chosen_indicator) AS indicator,
           (SELECT jsonb_object_agg(area, csv_cell(coalesce(name ->> $19, name ->> 'de')))
            FROM (SELECT DISTINCT ON (area) area, name FROM shown_area
                  WHERE municipality_id = $1 ORDER BY area, valid_from DESC) AS latest) AS area
)
SELECT :stand,
       count(*) AS figures,
       string_agg(
           concat_ws(',', f.indicator, w.indicator -> f.indicator ->> 'name',
                     f.area, w.area ->> f.area, f.period,
                     CASE WHEN f.breakdown = '' THEN '' ELSE csv_cell(f.breakdown) END,
                     coalesce(f.value::text, :words -> f.status ->> 'marker'), f.status,
                     w.indicator -> f.indicator ->> 'unit',
                     CASE WHEN f.rule = '' THEN '' ELSE csv_cell(f.rule) END, f.provisional::text
                     , f.gone::text                                             -- if gone
           ) || E'\r\n', '') AS body
FROM figure AS f CROSS JOIN word AS w
