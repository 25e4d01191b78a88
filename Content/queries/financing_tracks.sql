-- Financing events by track, 2024.
SELECT name(entity) AS track, value AS events, id AS fact
FROM facts
WHERE metric = 'financing-events' AND period = '2024' AND entity IN ('language-multimodal', 'vision', 'base-layer', 'robotics', 'autonomous-driving', 'smart-hardware', 'voice')
ORDER BY value DESC
