-- What a delivery would change of what is shown, in its `scope`. Not of the raw figures: whoever may
-- deliver could learn them by trying. $1 municipality, $2 delivery, $3 length of the lists.
-- Values are texts in the answer: a JSON number would lose digits on its way.
WITH new AS (
    SELECT indicator, area, period_end, period, breakdown, line, value, status
    FROM staged WHERE municipality_id = $1 AND delivery = $2
), old AS (
    SELECT o.indicator, o.area, o.period_end, o.period, o.breakdown, o.value, o.status
    FROM published AS o JOIN scope USING (indicator, period_end, period)
    WHERE o.municipality_id = $1 AND o.release_to IS NULL
), pair AS (
    SELECT new.line, indicator, area, period, breakdown,
           old.value AS before, old.status AS before_status,
           new.value AS after, new.status AS after_status
    FROM new FULL JOIN old USING (indicator, area, period_end, period, breakdown)
), change AS (
    SELECT *, round((after - before) / nullif(abs(before), 0), 6) AS relative
    FROM pair
    WHERE before_status IS NOT NULL AND after_status IS NOT NULL
      AND (before, before_status) IS DISTINCT FROM (after, after_status)
), shown AS (
    SELECT line, indicator, area, period, breakdown, before::text, before_status,
           after::text, after_status, relative::text,
           (before IS NOT NULL AND after IS NOT NULL) AS jump,
           (before IS NOT NULL AND after IS NULL) AS emptied,
           row_number() OVER (
               PARTITION BY before IS NULL, after IS NULL
               ORDER BY relative IS NULL DESC, abs(coalesce(relative, after)) DESC, line
           ) AS place
    FROM change
)
SELECT json_build_object(
    'new', (SELECT count(*) FROM pair WHERE before_status IS NULL),
    'changed', (SELECT count(*) FROM change),
    'unchanged', (SELECT count(*) FROM pair
                  WHERE before_status IS NOT NULL AND after_status IS NOT NULL)
                 - (SELECT count(*) FROM change),
    'vanished', (SELECT count(*) FROM pair WHERE after_status IS NULL),
    'jumps', (SELECT coalesce(jsonb_agg(to_jsonb(s) - '{jump,emptied,place}'::text[] ORDER BY place), '[]')
           FROM shown AS s WHERE jump AND place <= $3),
    'emptied', (SELECT coalesce(jsonb_agg(to_jsonb(s) - '{jump,emptied,place}'::text[] ORDER BY place), '[]')
             FROM shown AS s WHERE emptied AND place <= $3),
    'vanished_figures', (
        SELECT coalesce(json_agg(json_build_object(
            'indicator', indicator, 'area', area, 'period', period, 'breakdown', breakdown)), '[]')
        FROM (SELECT * FROM pair WHERE after_status IS NULL
              ORDER BY indicator, area, period, breakdown LIMIT $3) AS gone)
)::text
