INSERT INTO left_out
SELECT * FROM shown AS s WHERE NOT EXISTS (SELECT FROM found AS f WHERE f.place = s.place)
