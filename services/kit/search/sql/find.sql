/* What a question finds, best first, and how much in each category.
   $1 municipality, $2 to $5 as in asked.sql, $6 the whole question, $7 categories or null,
   $8 by date instead of by rank, $9 how many, $10 the phrases alone */
WITH asked AS MATERIALIZED (
    SELECT stems, concat_ws(' & ', words, nullif($4, ''))::tsquery AS query,
           concat_ws(' | ', rank, nullif($10, ''))::tsquery AS rank
    FROM (
:asked
    ) AS made
),
found AS MATERIALIZED (
    SELECT d.inside, d.collection, d.key, d.dated_on,
           ts_rank('{0.05, 0.2, 0.4, 1}', d.vector, (SELECT rank FROM asked)) +
           -- Few of many are called like the question; only of those each name is looked at.
           CASE WHEN position($6 IN array_to_string(d.names, chr(10))) = 0 THEN 0::float8 ELSE
               (SELECT max(CASE WHEN name = $6 THEN 2::float8
                                WHEN starts_with(name, $6 || ' ') THEN 1
                                WHEN position(' ' || $6 || ' ' IN ' ' || name || ' ') > 0 THEN 0.5
                                ELSE 0 END + 0.1::float8 / (1 + length(name)))
                FROM unnest(d.names) AS name) END AS score
    FROM (:documents) AS d
),
page AS MATERIALIZED (
    SELECT *, CASE WHEN $8 THEN dated_on END AS day
    FROM found WHERE $7::text[] IS NULL OR collection = ANY($7)
    ORDER BY day DESC NULLS LAST, score DESC, dated_on DESC NULLS LAST, collection, key LIMIT $9
)
SELECT (SELECT stems FROM asked) AS stems,
       (SELECT coalesce(json_object_agg(collection, number), '{}')
        FROM (SELECT collection, count(*) AS number FROM found GROUP BY collection) AS c)::text
           AS counts,
       (SELECT coalesce(json_agg(json_build_object(
                   'collection', p.collection, 'key', p.key, 'dated_on', p.dated_on,
                   'score', p.score, 'address', t.address, 'title', t.title, 'body', t.body)
                   ORDER BY day DESC NULLS LAST, score DESC, dated_on DESC NULLS LAST,
                            p.collection, p.key), '[]')
        FROM page p CROSS JOIN LATERAL (:texts) AS t)::text AS hits
