-- Agreement with four statements in two years.
SELECT period AS year, name(entity) AS statement, value AS share, CASE entity WHEN 'more-nervous' THEN 1 ELSE 0 END AS nervous, id AS fact
FROM facts WHERE metric = 'opinion-share'
ORDER BY entity, period
