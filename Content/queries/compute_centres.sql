-- AI computing centres by class.
SELECT name(entity) AS class, value AS centres, id AS fact
FROM facts WHERE metric = 'compute-centres' AND entity <> 'cn'
ORDER BY value DESC
