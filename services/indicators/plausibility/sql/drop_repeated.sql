DELETE FROM found WHERE ctid IN (
    SELECT ctid FROM (
        SELECT ctid, row_number() OVER (PARTITION BY place ORDER BY line, ctid) AS nth FROM found
    ) AS f WHERE nth > 1)
