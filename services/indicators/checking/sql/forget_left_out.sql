-- Of the figures that are left out, those that are taken back. $1 municipality, $2 delivery
DELETE FROM left_out AS s USING staged AS g
WHERE g.municipality_id = $1 AND g.delivery = $2 AND g.gone AND s.indicator = g.indicator
  AND s.area = g.area AND s.period_end = g.period_end AND s.period = g.period
  AND s.breakdown = g.breakdown
