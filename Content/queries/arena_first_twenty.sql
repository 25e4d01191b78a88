-- The general list of the Arena in its own order.
SELECT name AS model, elo, name(country) AS country
FROM arena
WHERE rank_all IS NOT NULL
ORDER BY rank_all
