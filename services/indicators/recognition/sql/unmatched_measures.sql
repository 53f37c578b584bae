-- Rows whose measure means no indicator. $1 these measures
SELECT measure AS number, count(*) AS rows, min(line) AS line
FROM arriving WHERE measure = ANY($1::integer[])
GROUP BY measure ORDER BY rows DESC, measure
