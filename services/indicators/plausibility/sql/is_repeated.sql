SELECT EXISTS (
    SELECT FROM (SELECT place, lag(place) OVER (ORDER BY place) AS before FROM found) AS f
    WHERE place = before)
