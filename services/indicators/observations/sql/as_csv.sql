-- $12 words for each status, $13 language
, name AS (
    SELECT DISTINCT ON (area) area, coalesce(name ->> $13, name ->> 'de') AS name
    FROM shown_area WHERE municipality_id = $1 AND area IN (SELECT area FROM figure)
    ORDER BY area, valid_from DESC
)
SELECT (SELECT release FROM stand) AS release,
       (SELECT changes FROM stand) AS changes,
       (SELECT array_agg(key) FROM chosen_indicator) AS indicators,
       (SELECT array_agg(area) FROM shown_area
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[]) AND area = ANY ($4)) AS areas,
       count(*) AS figures,
       'indicator,indicator_name,area,area_name,period,breakdown,value,status,unit' || E'\r\n'
       || coalesce(string_agg(
           concat_ws(',', f.indicator, csv_cell(coalesce(i.brief -> 'name' ->> $13,
                                                         i.brief -> 'name' ->> 'de')),
                     f.area, csv_cell(n.name), f.period, csv_cell(f.breakdown),
                     coalesce(f.value::text, $12::jsonb -> f.status ->> 'marker'), f.status,
                     csv_cell(coalesce(i.brief -> 'unit' ->> $13, i.brief -> 'unit' ->> 'de')))
           || E'\r\n', ''
           ORDER BY f.indicator COLLATE "C", f.area COLLATE "C", f.period_end,
                    f.period COLLATE "C", f.breakdown COLLATE "C"), '') AS body
FROM figure AS f
JOIN chosen_indicator AS i ON i.key = f.indicator
JOIN name AS n USING (area)
