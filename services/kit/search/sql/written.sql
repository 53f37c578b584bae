/* A document of everybody in which each word stands. $1 municipality, $2 words */
SELECT w.word, d.title::text AS title, d.body::text AS body
FROM unnest($2::text[]) AS w (word)
CROSS JOIN LATERAL (
    SELECT title, body FROM search_document
    WHERE municipality_id = $1 AND vector @@ quote_literal('=' || w.word)::tsquery
    ORDER BY collection, key LIMIT 1
) AS d
