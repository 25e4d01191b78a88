-- Shares of model types and what is left unexplained.
SELECT name(entity) AS type, value AS share, id AS fact, CASE entity WHEN 'cn-open-general' THEN 1 WHEN 'us-closed-general' THEN 2 ELSE 3 END AS position
FROM facts WHERE metric = 'model-type-share'
UNION ALL
SELECT name('type-unexplained'), round(100 - sum(value), 1), NULL, 4 FROM facts WHERE metric = 'model-type-share'
ORDER BY position
