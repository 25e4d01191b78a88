-- Functions that the Chinese public had tried in the year before the survey.
SELECT name(entity) AS function, value AS share, id AS fact
FROM facts WHERE metric = 'tried-function' ORDER BY value DESC
