-- The first twenty models counted by access and country.
SELECT name(access) AS access, name(country) AS country, count(*) AS models
FROM arena
WHERE rank_all IS NOT NULL
GROUP BY arena.access, arena.country
ORDER BY arena.access DESC, arena.country DESC
