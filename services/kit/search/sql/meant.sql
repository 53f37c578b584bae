/* For each word those that are most like it among the words of what everybody may see, itself
   too, and in how many documents each stands, as far as that counts.
   $1 municipality, $2 words, $3 how many documents count */
SELECT asked.word, like_it.word AS meant, like_it.likeness,
       (SELECT count(*) FROM (SELECT FROM search_document d
        WHERE d.municipality_id = $1 AND d.vector @@ quote_literal('=' || like_it.word)::tsquery
        LIMIT $3) AS counted)::integer AS documents
FROM unnest($2::text[]) AS asked (word)
CROSS JOIN LATERAL (
    SELECT w.word, public.similarity(w.word, asked.word)::float8 AS likeness
    FROM search_word w
    WHERE w.municipality_id = $1 AND w.word OPERATOR(public.%) asked.word
    ORDER BY likeness DESC, abs(length(w.word) - length(asked.word)), w.word
    LIMIT 3
) AS like_it
-- Of a short word one wrong letter changes most of its parts.
WHERE like_it.likeness >= CASE WHEN length(asked.word) <= 6 THEN 0.3 ELSE 0.5 END
