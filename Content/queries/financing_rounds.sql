-- Financing events by stage, 2023 and 2024.
SELECT name(entity) AS stage, period AS year, value AS events, id AS fact
FROM facts
WHERE metric = 'financing-events' AND entity IN ('seed-angel', 'pre-a-to-b', 'c-to-g', 'pre-ipo-ipo', 'strategic-equity')
ORDER BY CASE entity WHEN 'seed-angel' THEN 1 WHEN 'pre-a-to-b' THEN 2 WHEN 'c-to-g' THEN 3 WHEN 'pre-ipo-ipo' THEN 4 ELSE 5 END, period
