-- Figures in the territory of a day, with the columns of `published`: a source that takes the place
-- of that table in figures.sql, in front of which this stands. Read from protected figures only, and
-- only from areas and indicators that the reader may see. Words with a colon are put in by
-- queries.py; :since to :weight are the paths into the territory of that :day (see rules.py).
path AS MATERIALIZED (
    SELECT * FROM unnest(:since::date[], :until::date[], :source::text[], :target::text[],
                         :weight::numeric[]) AS p (since, until, source, target, weight)
), origin AS ( -- `same`: all of one area, which only has another name
    SELECT since, until, target, count(*) AS parts,
           count(*) = 1 AND coalesce(bool_and(weight = 1), false) AS same
    FROM path GROUP BY since, until, target
), there AS (
    SELECT area FROM shown_area
    WHERE municipality_id = :municipality AND visibility = ANY (:visible::text[])
      AND valid_from <= :day::date AND (valid_to IS NULL OR valid_to > :day::date)
), subject AS (
    SELECT i.key, i.brief ->> 'kind' AS kind, (i.brief ->> 'decimals')::int AS decimals,
           coalesce(i.factor, 1) AS factor, n.key AS numerator, d.key AS denominator
    FROM shown_indicator AS i
    LEFT JOIN shown_indicator AS n ON n.municipality_id = :municipality AND n.key = i.numerator
                                  AND n.visibility = ANY (:visible::text[])
    LEFT JOIN shown_indicator AS d ON d.municipality_id = :municipality AND d.key = i.denominator
                                  AND d.visibility = ANY (:visible::text[])
    WHERE i.municipality_id = :municipality AND i.visibility = ANY (:visible::text[])
      AND i.key = ANY (:indicators::text[])
), base AS MATERIALIZED ( -- a denominator may be of an earlier period than what it divides
    SELECT o.*, o.indicator = ANY (ARRAY (
               SELECT key FROM shown_indicator
               WHERE municipality_id = :municipality AND NOT additive
                 AND brief ->> 'kind' = 'count')) AS loose
    FROM published AS o
    WHERE o.municipality_id = :municipality
      AND o.indicator = ANY (ARRAY (SELECT key FROM subject UNION SELECT numerator FROM subject
                                    UNION SELECT denominator FROM subject))
      AND o.area IN (SELECT area FROM shown_area
                     WHERE municipality_id = :municipality AND visibility = ANY (:visible::text[]))
      AND o.period_end >= :first::date - 1100                                   -- if from
      AND o.period_end <= :last::date                                           -- if until
      AND :standing
), plain AS ( -- not concerned by any change between, or by a new name only
    SELECT o.* FROM base AS o
    WHERE o.area IN (SELECT area FROM there)
      AND NOT EXISTS (SELECT FROM path AS p WHERE p.source = o.area
                      AND o.period_end >= p.since AND o.period_end < p.until)
      AND NOT EXISTS (SELECT FROM path AS p WHERE p.target = o.area
                      AND o.period_end >= p.since AND o.period_end < p.until)
), part AS MATERIALIZED (
    SELECT o.*, p.target, p.weight, f.parts, f.same
    FROM base AS o
    JOIN path AS p ON p.source = o.area AND o.period_end >= p.since AND o.period_end < p.until
    JOIN origin AS f ON f.target = p.target AND f.since = p.since
), summed AS ( -- never of some parts only: what lacks or is hidden hides the whole
    SELECT indicator, target, period_end, period, breakdown, min(period_start) AS period_start,
           min(release_from) AS release_from, bool_or(provisional) AS provisional,
           sum(value * weight) AS value, bool_or(weight IS DISTINCT FROM 1) AS estimated,
           bool_or(status = 'limited') AS limited,
           CASE WHEN bool_or(status = 'confidential') THEN 'confidential'
                WHEN bool_or(loose) THEN 'formula'
                WHEN count(*) < max(parts) THEN 'part-missing'
                WHEN count(weight) < count(*) THEN 'no-share'
                WHEN count(value) = count(*) THEN ''
                WHEN count(DISTINCT status) = 1 THEN min(status)
                ELSE coalesce(min(status) FILTER (
                    WHERE status NOT IN ('normal', 'limited', 'nothing')), 'part-missing')
           END AS lack,
           min(rule) FILTER (WHERE status = 'confidential') AS hidden_by,
           min(basis #>> '{denominator,period}') AS denominator_period
    FROM part WHERE NOT same
    GROUP BY indicator, target, period_end, period, breakdown
), counted AS MATERIALIZED ( -- the parts of quotients, for every area of the territory
    SELECT indicator, area, period_end, period, breakdown, value, provisional, false AS estimated,
           status = 'limited' AS limited, CASE WHEN value IS NULL THEN status ELSE '' END AS lack,
           rule AS hidden_by
    FROM plain WHERE indicator IN (SELECT unnest(ARRAY[numerator, denominator]) FROM subject)
    UNION ALL
    SELECT indicator, target, period_end, period, breakdown, value, provisional, false,
           status = 'limited', CASE WHEN value IS NULL THEN status ELSE '' END, rule
    FROM part WHERE same
    UNION ALL
    SELECT indicator, target, period_end, period, breakdown, value, provisional, estimated,
           limited, lack, hidden_by
    FROM summed
), quotient AS ( -- rates and ratios: the numerator in the territory by the denominator there
    SELECT DISTINCT ON (s.indicator, s.target, s.period_end, s.period, s.breakdown)
           s.indicator, s.target, s.period_start, s.period_end, s.period, s.breakdown,
           s.release_from, s.provisional OR n.provisional OR d.provisional AS provisional,
           CASE WHEN d.value <> 0 THEN round(n.value / d.value * i.factor, i.decimals) END AS value,
           n.estimated OR d.estimated AS estimated, n.limited OR d.limited AS limited,
           CASE WHEN s.lack = 'confidential' THEN s.lack
                WHEN i.numerator IS NULL OR i.denominator IS NULL THEN 'no-parts'
                WHEN 'confidential' IN (n.lack, d.lack) THEN 'confidential'
                WHEN n.lack <> '' THEN n.lack
                WHEN d.lack <> '' THEN d.lack
                WHEN n.value IS NULL OR d.value IS NULL THEN 'part-missing'
                WHEN d.value = 0 THEN 'no-cases'
                ELSE '' END AS lack,
           coalesce(s.hidden_by, n.hidden_by, d.hidden_by) AS hidden_by
    FROM summed AS s
    JOIN subject AS i ON i.key = s.indicator AND i.kind IN ('rate', 'ratio')
    LEFT JOIN counted AS n
      ON n.indicator = i.numerator AND n.area = s.target AND n.period_end = s.period_end
     AND n.breakdown = s.breakdown
    LEFT JOIN counted AS d
      ON d.indicator = i.denominator AND d.area = s.target AND d.breakdown = s.breakdown
     AND (d.period = s.denominator_period
          OR (s.denominator_period IS NULL AND d.period_end = s.period_end))
    ORDER BY s.indicator, s.target, s.period_end, s.period, s.breakdown,
             n.period = s.period DESC, d.period = s.period DESC, n.period, d.period
), weighed AS ( -- of each part of a mean the cases behind it
    SELECT DISTINCT ON (p.indicator, p.target, p.area, p.period_end, p.period, p.breakdown)
           p.*, i.decimals, d.value * p.weight AS cases, d.status AS cases_status,
           d.rule AS cases_rule
    FROM part AS p
    JOIN subject AS i ON i.key = p.indicator AND i.kind = 'mean'
    LEFT JOIN base AS d
      ON d.indicator = i.denominator AND d.area = p.area AND d.period_end = p.period_end
     AND d.breakdown = p.breakdown
    WHERE NOT p.same
    ORDER BY p.indicator, p.target, p.area, p.period_end, p.period, p.breakdown,
             d.period = p.period DESC, d.period
), moved AS (
    SELECT indicator, target AS area, period_start, period_end, period, breakdown, release_from,
           provisional, value, estimated, limited, lack, hidden_by
    FROM summed WHERE indicator IN (SELECT key FROM subject WHERE kind = 'count')
    UNION ALL
    SELECT indicator, target, period_start, period_end, period, breakdown, release_from,
           provisional, NULL, false, false,
           CASE WHEN lack = 'confidential' THEN lack ELSE 'index' END, hidden_by
    FROM summed WHERE indicator IN (SELECT key FROM subject WHERE kind = 'index')
    UNION ALL
    SELECT indicator, target, period_start, period_end, period, breakdown, release_from,
           provisional, value, estimated, limited, lack, hidden_by
    FROM quotient
    UNION ALL
    SELECT indicator, target, min(period_start), period_end, period, breakdown, min(release_from),
           bool_or(provisional), round(sum(value * cases) / nullif(sum(cases), 0), max(decimals)),
           bool_or(weight IS DISTINCT FROM 1), bool_or(status = 'limited'),
           CASE WHEN 'confidential' = ANY (array_agg(status) || array_agg(cases_status))
                THEN 'confidential'
                WHEN count(*) < max(parts) THEN 'part-missing'
                WHEN count(weight) < count(*) THEN 'no-share'
                WHEN count(value) < count(*) THEN CASE
                    WHEN count(DISTINCT status) = 1 THEN min(status)
                    ELSE coalesce(min(status) FILTER (
                        WHERE status NOT IN ('normal', 'limited', 'nothing')), 'part-missing') END
                WHEN count(cases) < count(*) THEN 'no-parts'
                WHEN sum(cases) = 0 THEN 'no-cases'
                ELSE '' END,
           coalesce(min(rule) FILTER (WHERE status = 'confidential'),
                    min(cases_rule) FILTER (WHERE cases_status = 'confidential'))
    FROM weighed GROUP BY indicator, target, period_end, period, breakdown
), territorial AS (
    SELECT :municipality::bigint AS municipality_id, indicator, area, period_start, period_end,
           period, breakdown, release_from, release_to, value, status, rule, provisional, basis
    FROM plain WHERE indicator IN (SELECT key FROM subject)
    UNION ALL
    SELECT :municipality::bigint, indicator, target, period_start, period_end, period, breakdown,
           release_from, release_to, value, status, rule, provisional, basis
    FROM part WHERE same AND indicator IN (SELECT key FROM subject)
      AND target IN (SELECT area FROM there)
    UNION ALL
    SELECT :municipality::bigint, indicator, area, period_start, period_end, period, breakdown,
           release_from, NULL, CASE WHEN lack = '' THEN trim_scale(value) END,
           CASE WHEN lack = '' THEN CASE WHEN limited THEN 'limited' ELSE 'normal' END
                WHEN lack IN ('part-missing', 'no-share', 'no-parts', 'formula') THEN 'missing'
                WHEN lack IN ('no-cases', 'index') THEN 'not_meaningful'
                ELSE lack END,
           CASE WHEN lack = 'confidential' THEN 'territory:' || hidden_by
                WHEN lack IN ('part-missing', 'no-share', 'no-parts', 'formula', 'no-cases', 'index')
                THEN 'territory:' || lack
                WHEN lack = '' AND estimated THEN 'territory:estimated' ELSE '' END,
           provisional, NULL::jsonb
    FROM moved WHERE area IN (SELECT area FROM there)
)
