-- Shares of users by age group.
SELECT name(entity) AS age, value AS share, id AS fact
FROM facts
WHERE metric = 'user-share' AND entity LIKE 'age-%'
ORDER BY entity
