-- The words and shapes a report is made of, of what its readers may see.
-- $1 municipality, $2 visibilities, $3 level, $4 day, $5 release
WITH RECURSIVE area_now AS (
    SELECT a.key, a.level, v.name, v.parent, v.geometry, v.geometry_is_schematic
    FROM area AS a JOIN area_version AS v ON v.municipality_id = $1 AND v.area = a.key
    WHERE a.municipality_id = $1 AND a.visibility = ANY ($2::text[])
      AND v.valid_from <= $4 AND coalesce(v.valid_to > $4, true)
), above AS (
    SELECT p.key, p.name, p.parent, 1 AS height FROM area_now AS p
    WHERE p.key IN (SELECT parent FROM area_now WHERE level = $3)
    UNION
    SELECT p.key, p.name, p.parent, above.height + 1
    FROM above JOIN area_now AS p ON p.key = above.parent
    WHERE above.height < 20
), shown AS (
    SELECT i.*, t.name AS topic_name, t.position AS topic_position
    FROM indicator AS i
    LEFT JOIN topic AS t ON t.municipality_id = $1 AND t.key = i.topic
                        AND t.visibility = ANY ($2::text[])
    WHERE i.municipality_id = $1 AND i.visibility = ANY ($2::text[])
      AND EXISTS (
          SELECT FROM published AS p JOIN area_now AS a ON a.key = p.area AND a.level = $3
          WHERE p.municipality_id = $1 AND p.indicator = i.key AND p.breakdown = ''
            AND p.release_from <= $5 AND coalesce(p.release_to > $5, true))
)
SELECT json_build_object(
    'release', $5,
    'released_on', (SELECT created_at::date FROM release
                    WHERE municipality_id = $1 AND number = $5),
    'level', json_build_object('key', $3::text, 'name',
                               (SELECT name FROM area_level
                                WHERE municipality_id = $1 AND key = $3)),
    'areas', (SELECT coalesce(json_agg(json_build_object(
                  'key', key, 'name', name, 'parent', parent, 'shape', geometry,
                  'schematic', geometry_is_schematic)
                  ORDER BY lower(translate(name ->> 'de', 'ÄÖÜäöüß', 'AOUaous')), key), '[]')
              FROM area_now WHERE level = $3),
    'above', (SELECT coalesce(json_agg(json_build_object(
                  'key', key, 'name', name, 'parent', parent) ORDER BY height, key), '[]')
              FROM (SELECT DISTINCT ON (key) * FROM above ORDER BY key, height DESC) AS a),
    'indicators', (SELECT coalesce(json_agg(json_build_object(
                  'key', key, 'name', name, 'short_name', short_name,
                  'description', description, 'unit', unit, 'kind', kind,
                  'numerator', numerator, 'denominator', denominator, 'factor', factor,
                  'decimals', decimals, 'polarity', polarity, 'topic', topic_name,
                  'source', source, 'protection', protection) 
                  ORDER BY topic_position, topic, key), '[]')
              FROM shown)
)::text
