-- $12 words for each status, $13 language
, name AS (
    SELECT jsonb_object_agg(area, csv_cell(coalesce(name ->> $13, name ->> 'de'))) AS of
    FROM (SELECT DISTINCT ON (area) area, name FROM shown_area WHERE municipality_id = $1
          ORDER BY area, valid_from DESC) AS newest
), word AS (
    SELECT jsonb_object_agg(key, csv_cell(coalesce(brief -> 'name' ->> $13,
                                                   brief -> 'name' ->> 'de'))) AS name,
           jsonb_object_agg(key, csv_cell(coalesce(brief -> 'unit' ->> $13,
                                                   brief -> 'unit' ->> 'de'))) AS unit
    FROM chosen_indicator
)
SELECT (SELECT release FROM stand) AS release,
       (SELECT changes FROM stand) AS changes,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND area = ANY ($4)) AS areas,
       count(*) AS figures,
       'indicator,indicator_name,area,area_name,period,breakdown,value,status,unit' || E'\r\n'
       || coalesce(string_agg(
           concat_ws(',', f.indicator, (SELECT name FROM word) ->> f.indicator,
                     f.area, (SELECT of FROM name) ->> f.area, f.period, csv_cell(f.breakdown),
                     coalesce(f.value::text, $12::jsonb -> f.status ->> 'marker'), f.status,
                     (SELECT unit FROM word) ->> f.indicator)
           || E'\r\n', ''
           ORDER BY f.indicator COLLATE "C", f.area COLLATE "C", f.period_end,
                    f.period COLLATE "C", f.breakdown COLLATE "C"), '') AS body
FROM figure AS f
