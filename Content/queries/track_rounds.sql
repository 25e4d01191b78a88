-- Rounds within four tracks, with the few late rounds taken together.
SELECT name(replace(metric, 'track-rounds-', 'tr-')) AS track,
       CASE entity WHEN 'seed-angel' THEN 1 WHEN 'pre-a-to-b' THEN 2 WHEN 'strategic-equity' THEN 4 ELSE 3 END AS stage,
       sum(value) AS share, min(id) AS fact
FROM facts WHERE metric LIKE 'track-rounds-%'
GROUP BY metric, stage
ORDER BY CASE metric WHEN 'track-rounds-generative-vision' THEN 1 WHEN 'track-rounds-language' THEN 2 WHEN 'track-rounds-machine-vision' THEN 3 ELSE 4 END, stage
