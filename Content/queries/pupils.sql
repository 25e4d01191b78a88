-- Minors online who ever used generative AI, by stage of school.
SELECT name(entity) AS stage, value AS share, id AS fact
FROM facts WHERE metric = 'minor-use' ORDER BY value DESC
