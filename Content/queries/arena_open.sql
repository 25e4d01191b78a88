-- The open list of the Arena in its own order.
SELECT rank_open AS place, name AS model, name(organization) AS maker, name(country) AS country, licence, elo, coding, aai, mmlu_pro
FROM arena
WHERE rank_open IS NOT NULL
ORDER BY rank_open
