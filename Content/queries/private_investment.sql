-- Private AI investment of both countries.
SELECT name(entity) AS country, value AS dollars, id AS fact
FROM facts
WHERE metric = 'private-investment'
ORDER BY value DESC
