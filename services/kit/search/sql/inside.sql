/* Documents inside that a question finds, whoever may see them. $1 to $5 as in asked.sql,
   $6 collections */
WITH asked AS MATERIALIZED (
    SELECT concat_ws(' & ', words, nullif($4, ''))::tsquery AS query
    FROM (
:asked
    ) AS made
)
SELECT collection, key FROM search_inside
WHERE municipality_id = $1 AND vector @@ (SELECT query FROM asked) AND collection = ANY($6::text[])
