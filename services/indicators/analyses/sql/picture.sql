-- One indicator on one level of areas and in one period, with what it is to be compared with: the
-- periods before, the areas above, the counts that a rate is made of. From protected figures alone.
-- A line that ends with "-- if ..." is left out when that was not asked for.
-- :municipality number, :town its key, :visible visibilities, :indicator, :level, :within area
-- above, :areas keys, :period, :breakdown, :release, :periods how many
WITH RECURSIVE stand AS (
    SELECT coalesce(max(release), 0) AS release, coalesce(max(changes), 0) AS changes
    FROM edition WHERE municipality_id = :municipality
), chosen AS (
    SELECT * FROM indicator
    WHERE municipality_id = :municipality AND key = :indicator
      AND visibility = ANY (CAST(:visible AS text[]))
), part AS ( -- of the quotient; of units larger than one case
    SELECT i.key, i.cases_per_unit,
           CASE WHEN i.key = c.numerator THEN 'numerator' ELSE 'denominator' END AS role
    FROM chosen AS c JOIN indicator AS i
      ON i.municipality_id = :municipality AND i.key IN (c.numerator, c.denominator)
     AND i.visibility = ANY (CAST(:visible AS text[]))
), level_of AS (
    SELECT l.key, l.name, l.position, count(*) AS areas
    FROM area_level AS l JOIN area AS a ON a.municipality_id = :municipality AND a.level = l.key
    WHERE l.municipality_id = :municipality AND a.visibility = ANY (CAST(:visible AS text[]))
    GROUP BY l.key, l.name, l.position
), chosen_level AS (
    SELECT key, name FROM level_of AS l
    -- Scalar, not joined: a row is looked up for one area after the other until there is one,
    -- whatever the planner believes of the size of the tables; and not by the index of current
    -- figures, in which it would pass all other areas.
    WHERE (
        SELECT true FROM area AS a
        WHERE a.municipality_id = :municipality AND a.level = l.key
          AND a.visibility = ANY (CAST(:visible AS text[]))
          AND a.key = ANY (CAST(:areas AS text[]))                                -- if areas
          AND (
              SELECT true FROM published AS o
              WHERE o.municipality_id = :municipality AND o.indicator = :indicator
                AND o.area = a.key AND o.breakdown = :breakdown
                AND o.period = :period                                            -- if period
                AND coalesce(o.release_to, 0) = 0                                 -- if current
                AND o.release_from <= :release                                    -- if as_of
                AND coalesce(o.release_to > :release, true)                       -- if as_of
              LIMIT 1)
        LIMIT 1)
      AND l.key = :level                                                          -- if level
    ORDER BY areas DESC, position DESC, key LIMIT 1
), chosen_period AS MATERIALIZED (
    SELECT o.period, o.period_start, o.period_end FROM published AS o
    WHERE o.municipality_id = :municipality AND o.indicator = :indicator
      AND o.breakdown = :breakdown
      AND o.period = :period                                                      -- if period
      AND o.release_to IS NULL                                                    -- if current
      AND o.release_from <= :release                                              -- if as_of
      AND coalesce(o.release_to > :release, true)                                 -- if as_of
      AND (o.area IN (SELECT a.key FROM area AS a
                      WHERE a.municipality_id = :municipality
                        AND a.key = ANY (CAST(:areas AS text[]))                  -- if areas
                        AND a.level = (SELECT key FROM chosen_level)              -- if one_level
                     )) IS TRUE
    ORDER BY o.period_end DESC, o.period_start, o.period LIMIT 1
), valid AS MATERIALIZED (
    SELECT a.key, a.level, v.id, v.revision, v.name, v.parent, v.geometry_is_schematic,
           v.geometry IS NOT NULL AS has_geometry
    FROM chosen_period AS p, area AS a JOIN area_version AS v
      ON v.municipality_id = :municipality AND v.area = a.key
    WHERE a.municipality_id = :municipality AND a.visibility = ANY (CAST(:visible AS text[]))
      AND v.valid_from <= p.period_end AND (v.valid_to > p.period_end) IS NOT FALSE
), below AS (                                                                     -- if within
    SELECT key FROM valid WHERE parent = :within                                  -- if within
    UNION                                                                         -- if within
    SELECT v.key FROM below AS b JOIN valid AS v ON v.parent = b.key              -- if within
), mine AS MATERIALIZED (
    SELECT v.* FROM valid AS v WHERE true
      AND v.level = (SELECT key FROM chosen_level)                                -- if one_level
      AND v.key = ANY (CAST(:areas AS text[]))                                    -- if areas
      AND v.key IN (SELECT key FROM below)                                        -- if within
), above AS (
    SELECT parent AS key FROM mine
    UNION
    SELECT v.parent FROM above AS a JOIN valid AS v ON v.key = a.key
), reference AS (
    SELECT v.* FROM valid AS v WHERE v.key IN (SELECT key FROM above) OR v.key = :town
), spell AS MATERIALIZED ( -- a hashed set of areas, not a join, for the same reason
    SELECT DISTINCT o.period_end, o.period FROM published AS o
    WHERE o.municipality_id = :municipality AND o.indicator = :indicator
      AND o.breakdown = :breakdown
      AND o.period_end <= (SELECT period_end FROM chosen_period)
      AND o.period_end = (SELECT period_end FROM chosen_period)                   -- if one_period
      AND translate(o.period, '123456789', '000000000')
          = (SELECT translate(period, '123456789', '000000000') FROM chosen_period)
      AND o.release_to IS NULL                                                    -- if current
      AND o.release_from <= :release                                              -- if as_of
      AND coalesce(o.release_to > :release, true)                                 -- if as_of
      AND (o.area IN (SELECT key FROM mine)) IS TRUE
    ORDER BY o.period_end DESC, o.period LIMIT :periods
), figure AS MATERIALIZED (
    SELECT o.* FROM published AS o
    WHERE o.municipality_id = :municipality AND o.indicator = :indicator
      AND o.breakdown = :breakdown
      AND o.period_end >= (SELECT min(period_end) FROM spell)
      AND o.period_end <= (SELECT max(period_end) FROM spell)
      AND o.period = ANY (ARRAY (SELECT period FROM spell))
      AND o.release_to IS NULL                                                    -- if current
      AND o.release_from <= :release                                              -- if as_of
      AND coalesce(o.release_to > :release, true)                                 -- if as_of
      AND (o.area IN (SELECT key FROM mine UNION SELECT key FROM reference)) IS TRUE
), needed AS MATERIALIZED ( -- the denominator may be of an earlier day than the rate
    SELECT DISTINCT coalesce(f.basis -> q.role ->> 'period', f.period) AS period
    FROM figure AS f, part AS q WHERE f.period = (SELECT period FROM chosen_period)
), counted AS (
    SELECT o.indicator, o.area, o.period, o.value, o.status FROM published AS o
    WHERE o.municipality_id = :municipality AND o.indicator = ANY (ARRAY (SELECT key FROM part))
      AND o.breakdown = :breakdown
      AND o.period = ANY (ARRAY (SELECT period FROM needed))
      AND o.period_end >= (SELECT make_date(CAST(left(min(period), 4) AS int), 1, 1) FROM needed)
      AND o.period_end <= (SELECT period_end FROM chosen_period)
      AND o.release_to IS NULL                                                    -- if current
      AND o.release_from <= :release                                              -- if as_of
      AND coalesce(o.release_to > :release, true)                                 -- if as_of
      AND (o.area IN (SELECT key FROM mine)) IS TRUE
)
SELECT CAST(json_build_object(
    'release', stand.release, 'changes', stand.changes,
    'levels', (SELECT sum(revision) FROM area_level WHERE municipality_id = :municipality),
    'indicator', (SELECT to_json(chosen) FROM chosen),
    'units', (SELECT json_object_agg(key, cases_per_unit) FROM part),
    'level', (SELECT to_json(chosen_level) FROM chosen_level),
    'period', (SELECT to_json(chosen_period) FROM chosen_period),
    'unseen', (SELECT count(*) FROM area
               WHERE municipality_id = :municipality
                 AND level = (SELECT key FROM chosen_level)
                 AND visibility <> ALL (CAST(:visible AS text[]))),
    'areas', (SELECT json_agg(mine ORDER BY key) FROM mine),
    'references', (SELECT json_agg(reference ORDER BY key) FROM reference),
    'figures', (SELECT json_agg(json_build_array(
                    area, period_end, period, value, status, rule, provisional,
                    basis -> 'numerator' ->> 'period', basis -> 'denominator' ->> 'period')
                    ORDER BY area, period_end) FROM figure),
    'counts', (SELECT json_agg(json_build_array(
                   indicator, area, period, value, status)) FROM counted)
) AS text) FROM stand
