/* For each word the one that is most like it among the words of what everybody may see.
   $1 municipality, $2 words */
SELECT asked.word, like_it.word AS meant, like_it.likeness
FROM unnest($2::text[]) AS asked (word)
CROSS JOIN LATERAL (
    SELECT w.word, public.similarity(w.word, asked.word)::float8 AS likeness
    FROM search_word w
    WHERE w.municipality_id = $1 AND w.word OPERATOR(public.%) asked.word
    ORDER BY likeness DESC, abs(length(w.word) - length(asked.word)), w.word
    LIMIT 1
) AS like_it
-- Of a short word one wrong letter changes most of its parts.
WHERE like_it.likeness >= CASE WHEN length(asked.word) <= 6 THEN 0.3 ELSE 0.5 END
