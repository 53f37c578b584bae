-- What the journal says since the public side was last brought up to date; now it is.
-- $1 municipality, $2 version of the statements
WITH stand AS MATERIALIZED (
    SELECT seq, version FROM oparl_stand WHERE municipality_id = $1
), kept AS (
    INSERT INTO oparl_stand (municipality_id, seq, version)
    SELECT $1, coalesce((SELECT seq FROM journal_head WHERE municipality_id = $1), 0), $2
    ON CONFLICT (municipality_id) DO UPDATE SET seq = excluded.seq, version = excluded.version
)
SELECT DISTINCT split_part(j.subject, '/', 1) AS collection, split_part(j.subject, '/', 2) AS name,
       j.data ->> 'id' AS id
FROM stand s
JOIN journal j ON j.municipality_id = $1 AND j.seq > s.seq
WHERE s.version = $2
UNION ALL
SELECT NULL, NULL, NULL
WHERE NOT EXISTS (SELECT FROM stand WHERE version = $2)
