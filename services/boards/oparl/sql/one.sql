-- An object standing alone.
-- $1 municipality, $2 type, $3 which, $4 today
SELECT (SELECT oparl_whole(o) FROM oparl_object o
        WHERE o.municipality_id = $1 AND o.type = $2 AND o.id = $3) AS data,
       EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1 AND due <= $4)
           OR NOT EXISTS (SELECT FROM oparl_object WHERE municipality_id = $1) AS overdue
