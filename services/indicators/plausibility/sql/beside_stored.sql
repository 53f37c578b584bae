-- What the file leaves out of indicators that add up, as it is shown: whoever may deliver could learn
-- the raw figures by trying.
INSERT INTO beside
SELECT i.indicator, e.period, l.area, l.breakdown, l.value, l.status, NULL
FROM left_out AS l
JOIN an_indicator AS i ON i.key = l.indicator AND i.additive
JOIN a_period AS e ON e.text = l.period
