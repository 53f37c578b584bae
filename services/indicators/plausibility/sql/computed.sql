-- Rows of indicators that are computed. $1 their measures, $2 the keys of the indicators
SELECT m.key AS indicator, count(*) AS rows, min(a.line) AS line
FROM unnest($1::integer[], $2::text[]) AS m (measure, key)
JOIN arriving AS a USING (measure)
GROUP BY m.key ORDER BY m.key
