-- Where firms run their models.
SELECT name(entity) AS mode, value AS share, id AS fact
FROM facts WHERE metric = 'deployment-share' ORDER BY value DESC
