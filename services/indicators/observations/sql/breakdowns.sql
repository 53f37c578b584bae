-- Which breakdowns the figures asked for have, and how the codes of dimensions are read.
SELECT coalesce(array_agg(breakdown), '{}') AS breakdowns,
       (SELECT json_object_agg(code, labels)::text FROM shown_dimension
        WHERE municipality_id = $1 AND visibility = ANY ($2::text[])) AS labels
FROM (SELECT DISTINCT breakdown FROM figure) AS b
