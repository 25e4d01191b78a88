-- Selected cases of AI in industry by kind.
SELECT name(entity) AS kind, value AS cases, id AS fact
FROM facts
WHERE metric = 'industry-cases' AND entity <> 'cn'
ORDER BY value DESC
