-- What a delivery would change of what is shown. Not of the raw figures: whoever may deliver could
-- learn them by trying. A figure that the file itself hides changes nothing, whatever is shown now.
-- $1 how many figures there are, $2 how many shown ones are taken back,
-- $3 length of the lists.
-- Values are texts in the answer: a JSON number would lose digits on its way.
WITH pair AS (
    SELECT f.line, s.indicator, s.area, s.period, s.breakdown,
           s.value AS before, s.status AS before_status, f.value AS after, f.status AS after_status
    FROM shown AS s JOIN found AS f USING (place)
    WHERE f.status <> 'confidential' OR s.status = 'confidential'
), change AS (
    SELECT *, round((after - before) / nullif(abs(before), 0), 6) AS relative
    FROM pair
    WHERE (before, before_status) IS DISTINCT FROM (after, after_status)
), placed AS (
    SELECT line, indicator, area, period, breakdown, before::text, before_status,
           after::text, after_status, relative::text,
           (before IS NOT NULL AND after IS NOT NULL) AS jump,
           (before IS NOT NULL AND after IS NULL) AS emptied,
           row_number() OVER (
               PARTITION BY before IS NULL, after IS NULL
               ORDER BY relative IS NULL DESC, abs(coalesce(relative, after)) DESC, line
           ) AS rank
    FROM change
), listed AS (
    SELECT *, to_jsonb(p) - '{jump,emptied,rank}'::text[] AS entry FROM placed AS p WHERE rank <= $3
)
SELECT json_build_object(
    'new', $1::bigint - (SELECT count(*) FROM pair WHERE after_status <> 'confidential'),
    'changed', (SELECT count(*) FROM change),
    'unchanged', (SELECT count(*) FROM pair) - (SELECT count(*) FROM change),
    'taken_back', $2::bigint,
    'vanished', (SELECT count(*) FROM left_out),
    'jumps', (SELECT coalesce(jsonb_agg(entry ORDER BY rank), '[]') FROM listed WHERE jump),
    'emptied', (SELECT coalesce(jsonb_agg(entry ORDER BY rank), '[]') FROM listed WHERE emptied),
    'vanished_figures', (
        SELECT coalesce(jsonb_agg(to_jsonb(v)), '[]')
        FROM (SELECT indicator, area, period, breakdown FROM left_out
              ORDER BY indicator, area, period, breakdown LIMIT $3) AS v)
)::text
