-- Everything published of one area, one row of figures for each indicator: the latest and those
-- before it, the areas above, how many areas of its level have less, the same, more.
-- A line that ends with "-- if ..." is left out when that was not asked for.
-- "coalesce(release_to, 0) = 0" and "+ 0" keep the planner from the index by time, in which it
-- would pass all other areas: figures of one area are found by the primary key.
-- :municipality number, :area key, :visible visibilities, :day of the territory,
-- :until last day of figures, :release, :periods how many
WITH RECURSIVE stand AS (
    SELECT coalesce(max(release), 0) AS release, coalesce(max(changes), 0) AS changes
    FROM edition WHERE municipality_id = :municipality
), named AS ( -- by key or UUID
    SELECT key FROM area
    WHERE municipality_id = :municipality AND (key = :area OR CAST(id AS text) = :area)
), version AS MATERIALIZED ( -- valid on the day, or else as they were last
    SELECT DISTINCT ON (a.key) a.key, a.level, v.name, v.parent, v.valid_from,
           (v.valid_to > :day) IS NOT FALSE AS valid
    FROM area AS a JOIN area_version AS v ON v.municipality_id = :municipality AND v.area = a.key
    WHERE a.municipality_id = :municipality AND a.visibility = ANY (CAST(:visible AS text[]))
      AND (v.valid_from <= :day OR a.key = (SELECT key FROM named))
    ORDER BY a.key, v.valid_from <= :day DESC, v.valid_from DESC
), own AS (
    SELECT v.*, l.name AS level_name FROM version AS v JOIN area_level AS l
      ON l.municipality_id = :municipality AND l.key = v.level
    WHERE v.key = (SELECT key FROM named)
), above AS (
    SELECT parent AS key, 1 AS step FROM own WHERE parent IS NOT NULL
    UNION ALL
    SELECT v.parent, a.step + 1 FROM above AS a JOIN version AS v ON v.key = a.key
    WHERE v.parent IS NOT NULL AND a.step < 20
), beside AS (
    SELECT key FROM version
    WHERE level = (SELECT level FROM own) AND (valid OR key = (SELECT key FROM own))
), line AS (
    SELECT i.*, t.name AS topic_name, t.position AS topic_position, o.area, o.period, o.period_end, o.value, o.status, o.rule, o.provisional, o.basis
    FROM indicator AS i
    LEFT JOIN topic AS t ON t.municipality_id = :municipality AND t.key = i.topic
                        AND t.visibility = ANY (CAST(:visible AS text[]))
    CROSS JOIN LATERAL (
        SELECT * FROM published AS o
        WHERE o.municipality_id = :municipality AND o.indicator = i.key
          AND o.area = (SELECT key FROM own) AND o.breakdown = ''
          AND o.period_end <= :until                                              -- if until
          AND coalesce(o.release_to, 0) = 0                                       -- if current
          AND o.release_from <= :release                                          -- if as_of
          AND coalesce(o.release_to > :release, true)                             -- if as_of
        ORDER BY o.period_end + 0 DESC, o.period_start, o.period LIMIT 1
    ) AS o
    WHERE i.municipality_id = :municipality AND i.visibility = ANY (CAST(:visible AS text[]))
), told AS (
    SELECT json_build_object(
        'indicator', to_json(l), 'place', peers.place, 'series', past.series,
        'references', upper.figures, 'counts', part.counts, 'units', part.units) AS line
    FROM line AS l
    CROSS JOIN LATERAL (
        SELECT json_build_array(count(*) FILTER (WHERE o.value < l.value),
                                count(*) FILTER (WHERE o.value = l.value),
                                count(*) FILTER (WHERE o.value > l.value)) AS place
        FROM published AS o
        WHERE l.value IS NOT NULL AND o.municipality_id = :municipality AND o.indicator = l.key
          AND o.period_end = l.period_end AND o.period = l.period AND o.breakdown = ''
          AND o.release_to IS NULL                                                -- if current
          AND o.release_from <= :release                                          -- if as_of
          AND coalesce(o.release_to > :release, true)                             -- if as_of
          AND (o.area IN (SELECT key FROM beside)) IS TRUE
    ) AS peers
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_array(period, period_end, value, status)
                        ORDER BY period_end) AS series
        FROM (SELECT * FROM published AS o
              WHERE o.municipality_id = :municipality AND o.indicator = l.key
                AND o.area = (SELECT key FROM own) AND o.breakdown = ''
                AND o.period_end <= l.period_end
                AND translate(o.period, '123456789', '000000000')
                    = translate(l.period, '123456789', '000000000')
                AND coalesce(o.release_to, 0) = 0                                 -- if current
                AND o.release_from <= :release                                    -- if as_of
                AND coalesce(o.release_to > :release, true)                       -- if as_of
              ORDER BY o.period_end + 0 DESC LIMIT :periods) AS o
    ) AS past
    CROSS JOIN LATERAL (
        SELECT json_object_agg(o.area, json_build_array(o.value, o.status)) AS figures
        FROM published AS o
        WHERE o.municipality_id = :municipality AND o.indicator = l.key
          AND o.area = ANY (ARRAY (SELECT key FROM above)) AND o.breakdown = ''
          AND o.period_end = l.period_end AND o.period = l.period
          AND coalesce(o.release_to, 0) = 0                                       -- if current
          AND o.release_from <= :release                                          -- if as_of
          AND coalesce(o.release_to > :release, true)                             -- if as_of
    ) AS upper
    CROSS JOIN LATERAL (
        SELECT json_object_agg(o.indicator, json_build_array(o.value, o.status)) AS counts,
               json_object_agg(i.key, i.cases_per_unit) AS units
        FROM indicator AS i JOIN published AS o
          ON o.municipality_id = :municipality AND o.indicator = i.key
         AND o.area = (SELECT key FROM own)
        WHERE i.municipality_id = :municipality AND i.key IN (l.numerator, l.denominator)
          AND i.visibility = ANY (CAST(:visible AS text[])) AND o.breakdown = ''
          AND o.period = coalesce(
              l.basis -> CASE WHEN i.key = l.numerator THEN 'numerator' ELSE 'denominator' END
              ->> 'period', l.period)
          AND coalesce(o.release_to, 0) = 0                                       -- if current
          AND o.release_from <= :release                                          -- if as_of
          AND coalesce(o.release_to > :release, true)                             -- if as_of
    ) AS part
)
SELECT CAST(json_build_object(
    'release', stand.release, 'changes', stand.changes,
    'levels', (SELECT sum(revision) FROM area_level WHERE municipality_id = :municipality),
    'area', (SELECT to_json(own) FROM own),
    'above', (SELECT json_agg(json_build_object('key', v.key, 'name', v.name, 'level', v.level)
                              ORDER BY a.step)
              FROM above AS a JOIN version AS v ON v.key = a.key),
    'lines', (SELECT json_agg(line ORDER BY line -> 'indicator' ->> 'key') FROM told)
) AS text) FROM stand
