-- Chips said to have trained three models.
SELECT name(entity) AS model, name(region) AS country, value AS chips, id AS fact
FROM facts WHERE metric = 'training-gpus'
ORDER BY value DESC
