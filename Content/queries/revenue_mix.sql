-- Sources of revenue from large models in the United States.
SELECT name(entity) AS origin, value AS share, id AS fact
FROM facts WHERE metric = 'revenue-mix' ORDER BY value DESC
