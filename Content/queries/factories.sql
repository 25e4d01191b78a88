-- Smart factories by level, the broad base first.
SELECT name(entity) AS level, value AS factories, id AS fact
FROM facts
WHERE metric = 'smart-factories'
ORDER BY value DESC
