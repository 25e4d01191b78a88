-- Feelings about AI by how well people know it.
SELECT name(entity) AS knowledge, name(metric) AS feeling, value AS share, id AS fact,
       CASE metric WHEN 'emotion-negative' THEN 1 WHEN 'emotion-indifferent' THEN 2 WHEN 'emotion-neutral' THEN 3 ELSE 4 END AS position
FROM facts WHERE metric LIKE 'emotion-%'
ORDER BY CASE entity WHEN 'knows-well' THEN 1 WHEN 'knows-fairly' THEN 2 ELSE 3 END, position
